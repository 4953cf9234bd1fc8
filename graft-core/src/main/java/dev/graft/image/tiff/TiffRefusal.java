package dev.graft.image.tiff;

import dev.graft.error.DataException;
import dev.graft.error.Problem;

/** Refuses a TIFF file by name: what it is, and how to convert it. */
record TiffRefusal(Object place) {
    private static final String EXPECTED =
            "a TIFF of grey, RGB, palette, CMYK or YCbCr, unsigned samples of 1 to 16 bits,"
                    + " stored plain or as PackBits, LZW, Deflate, JPEG or CCITT";

    DataException of(String found) {
        return make(found, "convert it, for example with ImageMagick: magick NAME.tif -depth 8 NAME.png");
    }

    /** Of samples whose range is the writer's own, so that a conversion of each file by itself would lose the scale. */
    DataException ofNumbers(String found) {
        return make(
                found,
                "store whole numbers of 8 or 16 bits without a sign, all files on one scale, for example with GDAL:"
                        + " gdal_translate -ot Byte -scale LOWEST HIGHEST 0 255 NAME.tif NAME.png");
    }

    DataException ofCameraRaw(String found) {
        return make(
                found,
                "develop it into an image first, for example: dcraw -c -w NAME > NAME.ppm && magick NAME.ppm NAME.png");
    }

    private DataException make(String found, String fix) {
        return new DataException(Problem.of("A TIFF file is of a form that is not read.")
                .where(place)
                .expected(EXPECTED)
                .found("TIFF, " + found)
                .fix(fix));
    }
}
