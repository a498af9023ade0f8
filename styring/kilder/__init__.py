"""What is fetched from outside: the state's open data, stored as Parquet in the data folder."""
