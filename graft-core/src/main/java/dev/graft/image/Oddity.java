package dev.graft.image;

/** What is left out of an image file or converted when it is read, so that it can be said. */
public enum Oddity {
    /** There are further frames or pages. */
    SEVERAL_FRAMES("an animation or several pages: only the first is used"),
    /** A TIFF file has samples that are neither colour nor alpha. */
    SURPLUS_SAMPLES("samples beside colour and alpha, such as infrared: they are left out"),
    /** A pixel is not opaque. */
    TRANSPARENT("transparent parts: they are laid over black"),
    /** The samples have more than 8 bits. */
    DEEP_SAMPLES("more than 8 bits a sample: scaled to 8"),
    /** The colours are stored as ink. */
    INKS("ink (CMYK): turned into light without a colour profile"),
    /** There is a colour profile other than sRGB. */
    COLOR_PROFILE("a colour profile other than sRGB: it is not followed, the colours are taken as stored");

    private final String phrase;

    Oddity(String phrase) {
        this.phrase = phrase;
    }

    /** What it is, and what is done about it, for messages. */
    public String phrase() {
        return phrase;
    }
}
