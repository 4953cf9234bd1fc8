package dev.graft.reading;

import dev.graft.data.LabeledImages;
import dev.graft.image.DecodedImage;
import java.nio.file.Path;

/**
 * Labelled images that lie in files, one each. An image is decoded at each call; paths, labels and 32 bytes of digest a
 * file are all that is kept. The digest is made of the files' bytes, each of which is read once however many subsets ask.
 */
public sealed interface LabeledFiles extends LabeledImages permits FileImages {
    /** The file of an example. */
    Path file(int index);

    /**
     * The decoded image of an example, and what its file says beside the pixels.
     *
     * @throws dev.graft.error.DataException if it can no longer be read or decoded
     */
    DecodedImage decode(int index);

    /**
     * SHA-256 of a file's bytes, in lower-case hexadecimal. Costs nothing for a file of up to 4 MiB that was decoded.
     *
     * @throws dev.graft.error.DataException if it can no longer be read
     */
    String fileDigest(int index);

    /** How the files were found, and how many were not taken. */
    Listing listing();

    @Override
    LabeledFiles subset(int[] indexes);
}
