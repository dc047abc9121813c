"""Whole pages with the truth about their layout: order, paragraphs, titles, lists, figures."""
