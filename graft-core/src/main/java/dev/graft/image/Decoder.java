package dev.graft.image;

import dev.graft.data.Image;
import dev.graft.image.tiff.TiffFile;
import dev.graft.image.webp.WebpFile;
import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** Decodes one file's stream: tells the format, looks at the header, and only then lets a reader at the pixels. */
final class Decoder {
    private static final int USUAL_SCANS = 100;
    private static final long MOST_SCANNED_PIXELS = 1L << 30;

    private final Object place;
    private final ImageInputStream stream;
    private final long mostPixels;
    private final Set<Oddity> oddities = EnumSet.noneOf(Oddity.class);

    Decoder(Object place, ImageInputStream stream, long mostPixels) {
        this.place = place;
        this.stream = stream;
        this.mostPixels = mostPixels;
    }

    DecodedImage decode() throws IOException {
        byte[] start = start();
        ForeignFormat disguised = ForeignFormat.disguised(start);
        ImageFormat format = disguised == null ? ImageFormat.of(start) : null;
        if (format == null) {
            throw ofAnotherKind(disguised == null ? ForeignFormat.of(start, place) : disguised);
        }
        return switch (format) {
            case JPEG -> jpeg();
            case TIFF -> tiff();
            case GIF -> gif();
            case WEBP -> webp();
            default -> other(format);
        };
    }

    private RuntimeException ofAnotherKind(@Nullable ForeignFormat foreign) throws IOException {
        String size = stream.length() + " bytes";
        return foreign == null
                ? ImageFiles.unreadable(place, "content of another kind, " + size, null)
                : ImageFiles.refused(place, "content of another kind: " + foreign.name() + ", " + size, foreign.fix());
    }

    private byte[] start() throws IOException {
        byte[] start = new byte[ForeignFormat.BYTES];
        int count = 0;
        try {
            while (count < start.length) {
                start[count] = stream.readByte();
                count++;
            }
        } catch (EOFException e) {
            return Arrays.copyOf(start, count);
        }
        return start;
    }

    private DecodedImage jpeg() throws IOException {
        JpegHeader header = JpegHeader.read(stream);
        String unread = header.unread();
        if (unread != null) {
            throw ImageFiles.refused(
                    place,
                    "JPEG, " + unread,
                    "convert it, for example with ImageMagick: magick NAME.jpg -depth 8 NAME.png");
        }
        try (PlatformReader reader = new PlatformReader(place, ImageFormat.JPEG, stream, mostPixels)) {
            requireFewScans(reader, header.scans());
            Image stored =
                    header.plainColor() ? JpegSamples.converted(reader) : JpegSamples.of(reader.raster(), header);
            note(header.inks(), Oddity.INKS);
            note(header.otherProfile(), Oddity.COLOR_PROFILE);
            return decoded(stored, ImageFormat.JPEG, header.orientation());
        }
    }

    /** A scan may say next to nothing and still costs a walk over all pixels: a small file could ask for hours. */
    private void requireFewScans(PlatformReader reader, int scans) throws IOException {
        long pixels = (long) reader.reader().getWidth(0) * reader.reader().getHeight(0);
        if (scans > USUAL_SCANS && scans * pixels > MOST_SCANNED_PIXELS) {
            throw ImageFiles.refused(
                    place,
                    "JPEG, " + scans + " scans of " + pixels + " pixels",
                    "write it anew, for example with: jpegtran -outfile OTHER.jpg NAME.jpg");
        }
    }

    private DecodedImage tiff() throws IOException {
        TiffFile tiff = TiffFile.open(place, stream);
        Dimensions.check(place, tiff.width(), tiff.height(), mostPixels);
        int orientation = tiff.orientation();
        note(tiff.severalPages(), Oddity.SEVERAL_FRAMES);
        note(tiff.surplusSamples() > 0, Oddity.SURPLUS_SAMPLES);
        note(tiff.deep(), Oddity.DEEP_SAMPLES);
        note(tiff.inks(), Oddity.INKS);
        note(ColorProfile.other(tiff.profile(ColorProfile.MOST_BYTES)), Oddity.COLOR_PROFILE);
        if (tiff.readHere()) {
            Image stored = tiff.read();
            note(tiff.transparent(), Oddity.TRANSPARENT);
            return decoded(stored, ImageFormat.TIFF, orientation);
        }
        tiff.requireStored();
        try (PlatformReader reader = new PlatformReader(place, ImageFormat.TIFF, stream, mostPixels)) {
            return decoded(PixelSamples.of(reader.picture(), oddities), ImageFormat.TIFF, orientation);
        }
    }

    private DecodedImage gif() throws IOException {
        GifScreen screen = GifScreen.read(stream);
        note(screen.severalFrames(), Oddity.SEVERAL_FRAMES);
        Dimensions.check(place, screen.width(), screen.height(), mostPixels);
        try (PlatformReader reader = new PlatformReader(place, ImageFormat.GIF, stream, mostPixels)) {
            Image frame = PixelSamples.of(reader.picture(), oddities);
            if (screen.larger(frame) && screen.transparent()) {
                oddities.add(Oddity.TRANSPARENT);
            }
            return decoded(screen.around(frame), ImageFormat.GIF, Orientation.UPRIGHT);
        }
    }

    private DecodedImage webp() throws IOException {
        byte[] content = new byte[Math.toIntExact(stream.length())];
        stream.seek(0);
        stream.readFully(content);
        WebpFile webp = WebpFile.open(content);
        Dimensions.check(place, webp.width(), webp.height(), mostPixels);
        note(webp.severalFrames(), Oddity.SEVERAL_FRAMES);
        note(ColorProfile.other(webp.profile(ColorProfile.MOST_BYTES)), Oddity.COLOR_PROFILE);
        int orientation = webp.exif() < 0 ? Orientation.UPRIGHT : Orientation.find(stream, webp.exif());
        Image stored = webp.read();
        note(webp.transparent(), Oddity.TRANSPARENT);
        return decoded(stored, ImageFormat.WEBP, orientation);
    }

    private DecodedImage other(ImageFormat format) throws IOException {
        String unread = format == ImageFormat.BMP ? BmpHeader.unread(stream) : null;
        if (unread != null) {
            throw ImageFiles.refused(
                    place, "BMP, " + unread, "convert it, for example with ImageMagick: magick NAME.bmp NAME.png");
        }
        // Before the reader, which drops the stream's beginning once it has read it.
        Container container = Container.of(format, stream);
        note(container.severalFrames(), Oddity.SEVERAL_FRAMES);
        note(container.otherProfile(), Oddity.COLOR_PROFILE);
        try (PlatformReader reader = new PlatformReader(place, format, stream, mostPixels)) {
            BufferedImage picture = reader.picture();
            if (!PixelSamples.understood(picture)) {
                throw ImageFiles.unreadable(place, "colours that are neither grey, RGB nor CMYK", null);
            }
            Image stored = PixelSamples.of(picture, oddities);
            if (container.transparentGrey() >= 0) {
                stored = PixelSamples.overBlack(stored, container.transparentGrey(), oddities);
            }
            return decoded(stored, format, container.orientation());
        }
    }

    private void note(boolean found, Oddity oddity) {
        if (found) {
            oddities.add(oddity);
        }
    }

    private DecodedImage decoded(Image stored, ImageFormat format, int orientation) {
        return new DecodedImage(Orientation.apply(stored, orientation), format, orientation, oddities);
    }
}
