"""Files people bring: photos and scans. Private by default, cleaned of EXIF, sniffed and capped."""
