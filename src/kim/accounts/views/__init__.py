"""The doors of accounts: ways in, officials, one's own account, people in one's care, support."""
