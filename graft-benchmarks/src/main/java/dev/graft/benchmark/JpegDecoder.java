package dev.graft.benchmark;

/** JPEG files decoded by Java's own decoder on all cores, and nothing else: what no program in Java can be faster than. */
record JpegDecoder(JpegFolder files) implements Work {
    /** One unit is one image. */
    @Override
    public int units() {
        return files.files().size();
    }

    @Override
    public void run() {
        files.decode();
    }

    @Override
    public void close() {
        files.close();
    }
}
