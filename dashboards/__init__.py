"""The dashboard: a file for each page in `sider`, what they share in `felles`. Reads the published marts only."""
