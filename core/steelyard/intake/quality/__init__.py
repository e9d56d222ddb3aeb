"""Data quality: what checks that packs declare find among records; shown beside a score, never applied."""
