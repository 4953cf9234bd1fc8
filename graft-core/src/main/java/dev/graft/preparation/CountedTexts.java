package dev.graft.preparation;

import java.util.List;
import java.util.stream.Collectors;

/** Texts written one after the other, each behind its length, so that whatever they contain, other texts look different. */
final class CountedTexts {
    private CountedTexts() {}

    static String of(List<String> texts) {
        return texts.stream().map(text -> text.length() + ":" + text).collect(Collectors.joining(",", "[", "]"));
    }
}
