package dev.graft.error;

import java.util.regex.Pattern;

/**
 * Text without the secrets that addresses in it hold: a user and password before the host, and a query, which is where
 * signatures and tokens stand. Thread-safe.
 */
public final class Redacted {
    /** Scheme, then all that comes before the last at sign of the authority; a password may itself hold such signs. */
    private static final Pattern USER = Pattern.compile("(?<scheme>[A-Za-z][A-Za-z0-9+.-]*://)[^\\s/?#\"']*@");

    private static final Pattern QUERY =
            Pattern.compile("(?<address>[A-Za-z][A-Za-z0-9+.-]*://[^\\s?#\"']*\\?)[^\\s#\"']+");

    private Redacted() {}

    /** The text, an ellipsis in place of each secret. */
    public static String text(String text) {
        if (!text.contains("://")) {
            return text;
        }
        String noUser = USER.matcher(text).replaceAll("${scheme}…@");
        return QUERY.matcher(noUser).replaceAll("${address}…");
    }

    /** What ought to be an address and need not be one: nothing that stands before an at sign is shown. */
    public static String address(Object address) {
        String text = text(address.toString());
        int at = text.lastIndexOf('@');
        int scheme = text.indexOf("://");
        return at < 0
                ? text
                : (scheme >= 0 && scheme < at ? text.substring(0, scheme + 3) : "") + "…" + text.substring(at);
    }
}
