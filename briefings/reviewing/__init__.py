"""What people say of claims, and what that does to figures."""
