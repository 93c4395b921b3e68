"""What a KIM writes: news, activities, notices. Revisions, discussion, decision, publication, correction."""
