"""Labelled paragraphs of operative notes: dense in what is hard, each on one topic."""
