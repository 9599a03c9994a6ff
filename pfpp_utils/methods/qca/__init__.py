"""Qualitative Comparative Analysis: which combinations of conditions went with an outcome.

Modules, each on the ones before it: `memberships` (the checked cases), `case_file` (reading them),
`calibration` (how memberships are made), `terms` (combinations such as ``DEV*~URB``), `fit` (consistency,
coverage and their kin), `truth_table`, `implicants`, `bit_tables`, `deadline`, `cover_search` and `covers`
(the minimisation), `solutions` (conservative, parsimonious, intermediate), `cautions` (named warnings),
`analysis` (all of it at once), `report` (as plain text), `robustness` and `chance`.

Choices follow the R package QCA (Dusa 2019, QCA with R, Springer); decision 0011 says why the code is ours.
"""
