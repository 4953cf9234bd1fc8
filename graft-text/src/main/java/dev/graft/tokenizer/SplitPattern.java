package dev.graft.tokenizer;

import java.util.Set;

/**
 * The regular expressions that a {@code tokenizer.json} may hold. The native library ends the process when one matches no
 * character at all, or gives up on a text; so a pattern is read here before it gets there, and refused unless every match
 * has at least one character and the work for a text has a bound. What published files hold passes.
 */
final class SplitPattern {
    /** Patterns of several repetitions side by side that never look back far: those of published decoders. */
    private static final Set<String> PUBLISHED = Set.of(
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*"
                    + "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*"
                    + "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+");

    private static final int LONGEST = 1000;
    private static final int DEEPEST = 16;
    private static final int MOST_REPEATS = 1000;
    private static final int MOST_CHOICES = 4;

    private final String pattern;
    private int at;

    /**
     * What is known of a piece of a pattern.
     *
     * @param least the fewest characters that it matches
     * @param choices how many of its parts can match in more than one way
     * @param unbounded how many of these have no upper bound
     */
    private record Piece(int least, int choices, int unbounded) {
        static final Piece NOTHING = new Piece(0, 0, 0);
        static final Piece CHARACTER = new Piece(1, 0, 0);

        Piece then(Piece next) {
            return new Piece(
                    Math.min(LONGEST * MOST_REPEATS, least + next.least),
                    choices + next.choices,
                    unbounded + next.unbounded);
        }

        Piece or(Piece other) {
            return new Piece(
                    Math.min(least, other.least),
                    Math.max(choices, other.choices),
                    Math.max(unbounded, other.unbounded));
        }
    }

    /** A pattern that is not taken, and why. */
    @SuppressWarnings("serial")
    static final class Refused extends Exception {
        Refused(String why) {
            super(why);
        }
    }

    private SplitPattern(String pattern) {
        this.pattern = pattern;
    }

    /**
     * The fewest characters that a pattern matches, at least 1.
     *
     * @throws Refused if it is none that is taken
     */
    static int leastLength(String pattern) throws Refused {
        if (PUBLISHED.contains(pattern)) {
            return 1;
        }
        if (pattern.length() > LONGEST) {
            throw new Refused("at most " + LONGEST + " characters");
        }
        SplitPattern reading = new SplitPattern(pattern);
        Piece whole = reading.alternatives(0);
        if (reading.at < pattern.length()) {
            throw new Refused("every ) after its (");
        }
        if (whole.least() < 1) {
            throw new Refused("a regular expression whose every match has a character");
        }
        if (whole.unbounded() > 1 || whole.choices() > MOST_CHOICES) {
            throw new Refused("at most one unbounded repetition, and " + MOST_CHOICES
                    + " choices, between one | and the next: more can take for ever");
        }
        return whole.least();
    }

    private Piece alternatives(int depth) throws Refused {
        if (depth > DEEPEST) {
            throw new Refused("groups at most " + DEEPEST + " deep");
        }
        Piece all = sequence(depth);
        while (at < pattern.length() && pattern.charAt(at) == '|') {
            at++;
            all = all.or(sequence(depth));
        }
        return all;
    }

    private Piece sequence(int depth) throws Refused {
        Piece all = Piece.NOTHING;
        while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
            all = all.then(repeated(atom(depth)));
        }
        return all;
    }

    private Piece atom(int depth) throws Refused {
        char c = pattern.charAt(at++);
        return switch (c) {
            case '(' -> group(depth);
            case '[' -> characters();
            case '\\' -> escape();
            case '^', '$' -> Piece.NOTHING;
            case '*', '+', '?', '{' -> throw new Refused("something before each of * + ? {");
            default -> {
                if (Character.isHighSurrogate(c) && at < pattern.length()) {
                    at++;
                }
                yield Piece.CHARACTER;
            }
        };
    }

    private Piece group(int depth) throws Refused {
        boolean looksOnly = taken("?=") || taken("?!") || taken("?<=") || taken("?<!");
        if (!looksOnly && !taken("?:") && !taken("?>") && !taken("?i:") && pattern.startsWith("?", at)) {
            throw new Refused("groups of the kinds ( (?: (?i: (?> (?= (?! (?<= (?<!");
        }
        int start = at;
        Piece body = alternatives(depth + 1);
        if (!taken(")")) {
            throw new Refused("every ( before its )");
        }
        int choices = body.choices() + (pattern.substring(start, at).contains("|") ? 1 : 0);
        return new Piece(looksOnly ? 0 : body.least(), choices, body.unbounded());
    }

    private boolean taken(String text) {
        if (!pattern.startsWith(text, at)) {
            return false;
        }
        at += text.length();
        return true;
    }

    /** A set of characters, which matches one. */
    private Piece characters() throws Refused {
        int open = 1;
        while (open > 0) {
            if (at >= pattern.length()) {
                throw new Refused("every [ before its ]");
            }
            char c = pattern.charAt(at++);
            if (c == '\\') {
                escape();
            } else if (c == '[') {
                open++;
            } else if (c == ']') {
                open--;
            }
        }
        return Piece.CHARACTER;
    }

    private Piece escape() throws Refused {
        if (at >= pattern.length()) {
            throw new Refused("something after each \\");
        }
        char c = pattern.charAt(at++);
        switch (c) {
            case 'p', 'P', 'x' -> braced(c);
            case 'u' -> at = Math.min(pattern.length(), at + 4);
            case 'b', 'B', 'A', 'z', 'Z' -> {
                return Piece.NOTHING;
            }
            case 's', 'S', 'd', 'D', 'w', 'W', 'h', 'H', 'n', 'r', 't', 'f', 'v', 'a', 'e' -> {}
            default -> {
                if (Character.isLetterOrDigit(c)) {
                    throw new Refused("escapes that stand for one character, not \\" + c);
                }
            }
        }
        return Piece.CHARACTER;
    }

    private void braced(char kind) throws Refused {
        if (taken("{")) {
            int end = pattern.indexOf('}', at);
            if (end < 0) {
                throw new Refused("every { before its }");
            }
            at = end + 1;
        } else if (kind == 'x') {
            at = Math.min(pattern.length(), at + 2);
        } else {
            throw new Refused("a name in braces after \\" + kind);
        }
    }

    private Piece repeated(Piece one) throws Refused {
        if (at >= pattern.length()) {
            return one;
        }
        int least;
        int most;
        switch (pattern.charAt(at)) {
            case '*' -> {
                least = 0;
                most = Integer.MAX_VALUE;
                at++;
            }
            case '+' -> {
                least = 1;
                most = Integer.MAX_VALUE;
                at++;
            }
            case '?' -> {
                least = 0;
                most = 1;
                at++;
            }
            case '{' -> {
                int end = pattern.indexOf('}', at);
                int[] bounds = bounds(end < 0 ? "" : pattern.substring(at + 1, end));
                least = bounds[0];
                most = bounds[1];
                at = end + 1;
            }
            default -> {
                return one;
            }
        }
        taken("?");
        if (at < pattern.length() && "*+?{".indexOf(pattern.charAt(at)) >= 0) {
            throw new Refused("one repetition of a thing, not one of another");
        }
        return repeated(one, least, most);
    }

    private static Piece repeated(Piece one, int least, int most) throws Refused {
        if (most > 1 && (one.choices() > 0 || one.least() < 1)) {
            throw new Refused("repetitions of what has one way to match, and characters");
        }
        boolean unbounded = most == Integer.MAX_VALUE;
        return new Piece(
                one.least() * least, one.choices() + (least == most ? 0 : 1), one.unbounded() + (unbounded ? 1 : 0));
    }

    private static int[] bounds(String text) throws Refused {
        if (!text.matches("\\d{1,4}|\\d{1,4},|\\d{0,4},\\d{1,4}")) {
            throw new Refused("repetitions such as {2}, {2,} or {2,5}");
        }
        String[] parts = text.split(",", -1);
        int least = parts[0].isEmpty() ? 0 : Integer.parseInt(parts[0]);
        int most = parts.length == 1 ? least : parts[1].isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(parts[1]);
        if (least > most || least > MOST_REPEATS || (most > MOST_REPEATS && most != Integer.MAX_VALUE)) {
            throw new Refused("at most " + MOST_REPEATS + " repetitions, the smaller number first");
        }
        return new int[] {least, most};
    }
}
