"""Opens spreadsheets and reads what they say. Only here are they opened."""
