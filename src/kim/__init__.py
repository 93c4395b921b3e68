"""KIM.id: the open platform of Indonesia's Komunitas Informasi Masyarakat. The tour begins in docs/tour.md."""

__version__ = "0.1.0"
