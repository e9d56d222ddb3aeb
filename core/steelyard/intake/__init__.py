"""Data in: tables of measurements, read strictly and completely."""
