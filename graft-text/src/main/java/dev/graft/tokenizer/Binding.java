package dev.graft.tokenizer;

import java.util.Map;

/** How the native library is used, by Graft and by the process that tries a file. */
final class Binding {
    /** Truncation and padding are ours: files differ in what they ask for, and one must count what is cut. */
    static final Map<String, String> OPTIONS = Map.of("truncation", "false", "padding", "false");

    private Binding() {}

    /** The library comes from its jar; nothing is downloaded, and no usage is reported. */
    static void prepare() {
        setIfAbsent("ai.djl.offline", "true");
        setIfAbsent("OPT_OUT_TRACKING", "true");
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
