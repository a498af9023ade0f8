"""The state's open data as it is published: files made for tests, and a server that hands them out."""
