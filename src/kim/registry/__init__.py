"""The register of KIM: birth by decree (SK), board, members, life. Does not own what a KIM writes (publishing)."""
