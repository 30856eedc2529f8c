"""House styles: a folder with parts, sheets, fonts and templates, read and checked."""
