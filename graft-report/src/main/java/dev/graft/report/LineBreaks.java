package dev.graft.report;

import gg.jte.Content;

/** Lets long names go on in the next line after a separator, so that no browser has to break a word. */
final class LineBreaks {
    private static final String SEPARATORS = "+_/\\@";

    private LineBreaks() {}

    /** A name with places for line breaks; what is seen and copied stays the name. */
    static Content in(String name) {
        return output -> {
            int start = 0;
            for (int i = 0; i < name.length() - 1; i++) {
                if (SEPARATORS.indexOf(name.charAt(i)) >= 0) {
                    output.writeUserContent(name.substring(start, i + 1));
                    output.writeContent("<wbr>");
                    start = i + 1;
                }
            }
            output.writeUserContent(name.substring(start));
        };
    }
}
