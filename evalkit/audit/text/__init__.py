"""The audit of a finished text: its numeric statements, and which of them do not fit together.

A file becomes lines with their places (`reading`), lines become blocks (`blocks`), blocks become
sentences with figures (`sentence`, `figures`), and each rule (`rules`, one a file) reads those.
"""
