package dev.graft.image.tiff;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the samples of a pixel mean, by the tags 258, 259, 262, 277, 284, 338 and 339.
 *
 * @param bits bits of each sample, 1 to 16
 * @param kind how colour is stored
 * @param alpha the sample that tells the opacity, or -1
 * @param premultiplied whether the colours have been multiplied with the opacity (ExtraSamples 1)
 * @param compression the number of the compression
 * @param planar whether each sample has a plane of its own
 * @param predictor 1 for none, 2 for horizontal differences
 * @param reversed whether the bits of a byte are stored the other way round (FillOrder 2)
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TiffForm(
        int[] bits,
        Kind kind,
        int alpha,
        boolean premultiplied,
        long compression,
        boolean planar,
        int predictor,
        boolean reversed) {
    private static final int MOST_SAMPLES = 1 << 12;

    /** How colour is stored, and in how many samples. */
    enum Kind {
        /** Grey, 0 being white. */
        WHITE_IS_ZERO(1),
        /** Grey, 0 being black. */
        GREY(1),
        /** Red, green and blue. */
        RGB(3),
        /** An index into a table of colours. */
        PALETTE(1),
        /** Cyan, magenta, yellow and black. */
        CMYK(4),
        /** Luma and chroma. */
        YCBCR(3);

        private final int samples;

        Kind(int samples) {
            this.samples = samples;
        }

        int samples() {
            return samples;
        }
    }

    /** Reads and checks what a directory says. */
    static TiffForm of(TiffDirectory tags, TiffRefusal refusal) throws IOException {
        Kind kind = kind(tags, refusal);
        int samples = samples(tags, kind, refusal);
        requireUnsigned(tags, refusal);
        int[] bits = bits(tags, samples, refusal);
        long compression = tags.number(TiffTag.COMPRESSION, 1);
        long planar = tags.number(TiffTag.PLANAR, 1);
        if (planar != 1 && planar != 2) {
            throw refusal.of(TiffTag.with(TiffTag.PLANAR, planar));
        }
        Alpha alpha = alpha(tags, kind, samples, refusal);
        TiffForm form = new TiffForm(
                bits,
                kind,
                alpha.sample(),
                alpha.premultiplied(),
                compression,
                planar == 2 && samples > 1,
                predictor(tags, compression, bits, refusal),
                tags.number(TiffTag.FILL_ORDER, 1) == 2);
        form.requireReadable(tags, refusal);
        return form;
    }

    private record Alpha(int sample, boolean premultiplied) {}

    /** The first extra sample that is said to be alpha. */
    private static Alpha alpha(TiffDirectory tags, Kind kind, int samples, TiffRefusal refusal) throws IOException {
        long[] extra = tags.numbers(TiffTag.EXTRA_SAMPLES);
        for (int i = 0; i < extra.length && kind.samples() + i < samples; i++) {
            boolean premultiplied = extra[i] == 1;
            if (premultiplied && kind != Kind.GREY && kind != Kind.RGB) {
                throw refusal.of(TiffTag.with(TiffTag.EXTRA_SAMPLES, 1) + ", premultiplied alpha, beside "
                        + TiffTag.with(TiffTag.PHOTOMETRIC, tags.number(TiffTag.PHOTOMETRIC, 1)));
            }
            if (premultiplied || extra[i] == 2) {
                return new Alpha(kind.samples() + i, premultiplied);
            }
        }
        return new Alpha(-1, false);
    }

    private static Kind kind(TiffDirectory tags, TiffRefusal refusal) throws IOException {
        if (!tags.has(TiffTag.PHOTOMETRIC)) {
            throw new IOException("no tag 262 (PhotometricInterpretation)");
        }
        long photometric = tags.number(TiffTag.PHOTOMETRIC, 1);
        @Nullable
        Kind kind =
                switch ((int) photometric) {
                    case 0 -> Kind.WHITE_IS_ZERO;
                    case 1 -> Kind.GREY;
                    case 2 -> Kind.RGB;
                    case 3 -> Kind.PALETTE;
                    case 5 -> Kind.CMYK;
                    case 6 -> Kind.YCBCR;
                    default -> null;
                };
        if (kind == null) {
            String found = TiffTag.with(TiffTag.PHOTOMETRIC, photometric);
            throw photometric == TiffTag.CAMERA_SENSOR || photometric == TiffTag.LINEAR_RAW
                    ? refusal.ofCameraRaw(found)
                    : refusal.of(found);
        }
        if (kind == Kind.CMYK && tags.number(TiffTag.INK_SET, 1) != 1) {
            throw refusal.of(TiffTag.with(TiffTag.INK_SET, tags.number(TiffTag.INK_SET, 1)) + ", inks other than CMYK");
        }
        if (kind == Kind.CMYK && tags.number(TiffTag.INKS, 4) != 4) {
            throw refusal.of(TiffTag.with(TiffTag.INKS, tags.number(TiffTag.INKS, 4)) + ", inks other than CMYK");
        }
        return kind;
    }

    private static int samples(TiffDirectory tags, Kind kind, TiffRefusal refusal) throws IOException {
        long samples = tags.number(TiffTag.SAMPLES, Math.max(1, tags.numbers(TiffTag.BITS).length));
        if (samples < kind.samples() || samples > MOST_SAMPLES) {
            throw refusal.of(TiffTag.with(TiffTag.SAMPLES, samples) + " beside "
                    + TiffTag.with(TiffTag.PHOTOMETRIC, tags.number(TiffTag.PHOTOMETRIC, 1)));
        }
        return (int) samples;
    }

    private static void requireUnsigned(TiffDirectory tags, TiffRefusal refusal) throws IOException {
        for (long format : tags.numbers(TiffTag.SAMPLE_FORMAT)) {
            // Undefined (4) is how some writers say that it goes without saying.
            if (format != 1 && format != 4) {
                throw refusal.ofNumbers(TiffTag.with(TiffTag.SAMPLE_FORMAT, format));
            }
        }
    }

    private static int[] bits(TiffDirectory tags, int samples, TiffRefusal refusal) throws IOException {
        long[] stored = tags.numbers(TiffTag.BITS);
        String said = Arrays.stream(stored).limit(16).mapToObj(Long::toString).collect(Collectors.joining(", "));
        if (stored.length > 1 && stored.length < samples) {
            throw new IOException(TiffTag.with(TiffTag.BITS, said) + " for " + samples + " samples");
        }
        int[] bits = new int[samples];
        for (int i = 0; i < samples; i++) {
            long one = stored.length == 0 ? 1 : stored.length == 1 ? stored[0] : stored[i];
            if (one < 1 || one > 16) {
                throw refusal.ofNumbers(TiffTag.with(TiffTag.BITS, said));
            }
            bits[i] = (int) one;
        }
        return bits;
    }

    private static int predictor(TiffDirectory tags, long compression, int[] bits, TiffRefusal refusal)
            throws IOException {
        long predictor = tags.number(TiffTag.PREDICTOR, 1);
        if (predictor == 1 || !TiffCompression.predicts(compression)) {
            return 1;
        }
        if (predictor != 2 || Arrays.stream(bits).anyMatch(one -> one != bits[0] || (one != 8 && one != 16))) {
            throw refusal.of(TiffTag.with(TiffTag.PREDICTOR, predictor) + " with " + bits[0] + " bits a sample");
        }
        return 2;
    }

    /** What the platform's reader is given must be of the few forms that it is known to read right. */
    private void requireReadable(TiffDirectory tags, TiffRefusal refusal) throws IOException {
        if (!byPlatform()) {
            if (!TiffCompression.known(compression)) {
                throw refusal.of(TiffTag.with(TiffTag.COMPRESSION, compression));
            }
            return;
        }
        boolean fax = TiffCompression.fax(compression);
        boolean right = fax
                ? bits.length == 1 && bits[0] == 1 && (kind == Kind.GREY || kind == Kind.WHITE_IS_ZERO)
                : Arrays.stream(bits).allMatch(one -> one == 8)
                        && bits.length == kind.samples()
                        && (kind == Kind.GREY || kind == Kind.RGB || kind == Kind.YCBCR)
                        && !planar;
        if (!right || tags.big()) {
            throw refusal.of((tags.big() ? "a BigTIFF, " : "") + TiffTag.with(TiffTag.COMPRESSION, compression) + ", "
                    + TiffTag.with(TiffTag.PHOTOMETRIC, tags.number(TiffTag.PHOTOMETRIC, 1)) + ", "
                    + TiffTag.with(TiffTag.SAMPLES, bits.length) + ", " + TiffTag.with(TiffTag.PLANAR, planar ? 2 : 1));
        }
    }

    /** Whether the platform's reader decodes this: JPEG and fax compression, and chroma of another size than luma. */
    boolean byPlatform() {
        return TiffCompression.jpeg(compression)
                || TiffCompression.fax(compression)
                || (kind == Kind.YCBCR && TiffCompression.known(compression));
    }

    /** How many planes are stored one after the other. */
    int planes() {
        return planar ? bits.length : 1;
    }

    /** The bits of each sample of a plane. */
    int[] bitsOf(int plane) {
        return planar ? new int[] {bits[plane]} : bits;
    }

    /** The bits of all samples of a pixel. */
    int bitsPerPixel() {
        return Arrays.stream(bits).sum();
    }

    /** Whether a sample is colour or alpha, and no other. */
    boolean wants(int sample) {
        return sample < kind.samples() || sample == alpha;
    }

    /** The samples that are neither colour nor opacity. */
    int surplus() {
        return bits.length - kind.samples() - (alpha < 0 ? 0 : 1);
    }
}
