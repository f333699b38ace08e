"""What a plan says when it is counted: data, no formatting."""
