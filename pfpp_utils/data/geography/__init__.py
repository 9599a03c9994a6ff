"""Where awards went: 2021 local authorities, postcodes, and how each award is placed by them."""
