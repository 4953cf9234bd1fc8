package dev.graft.preparation;

/** How a text becomes the numbers that a network takes: its tokens in order, or how often it has which words. */
public sealed interface TextPreparation extends Preparation permits Tokenization, BagOfWords {}
