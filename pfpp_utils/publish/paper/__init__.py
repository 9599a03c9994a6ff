"""The whole book on paper: its pages as chapters of one document, printed by the browser as a PDF."""
