package dev.graft.reading;

import dev.graft.data.DigestOrigin;
import dev.graft.data.Image;
import dev.graft.image.DecodedImage;
import dev.graft.image.ImageFiles;
import dev.graft.storage.Digests;
import dev.graft.targets.TargetKind;
import dev.graft.targets.Targets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Some or all of the files of a list. */
final class FileImages implements LabeledFiles, DigestOrigin {
    private static final Logger LOG = LoggerFactory.getLogger(FileImages.class);

    private final FileList list;
    private final int[] indexes;

    private FileImages(FileList list, int[] indexes) {
        this.list = list;
        this.indexes = indexes;
    }

    static FileImages all(FileList list) {
        return new FileImages(list, IntStream.range(0, list.size()).toArray());
    }

    @Override
    public String name() {
        return list.name();
    }

    @Override
    public List<String> classNames() {
        return list.classNames();
    }

    @Override
    public int size() {
        return indexes.length;
    }

    @Override
    public int label(int index) {
        Targets told = list.targets();
        return told == null ? list.label(indexes[index]) : told.label(indexes[index]);
    }

    @Override
    public Targets targets() {
        Targets told = list.targets();
        return told == null ? LabeledFiles.super.targets() : told.subset(indexes);
    }

    @Override
    public TargetKind kind() {
        Targets told = list.targets();
        return told == null ? LabeledFiles.super.kind() : told.kind();
    }

    @Override
    public Path file(int index) {
        return list.file(indexes[index]);
    }

    @Override
    public Listing listing() {
        return list.listing();
    }

    @Override
    public Image image(int index) {
        Path file = file(index);
        DecodedImage decoded = ImageFiles.decode(file);
        // What decode tells its caller, as a scan is told it, has to be said here, once for each kind.
        for (String oddity : decoded.warnings(file)) {
            if (list.tellsFirst(oddity)) {
                LOG.warn("{}: {}; other files of {} may be alike", file, oddity, list.name());
            }
        }
        return decoded.image();
    }

    /** The file's name below its own folder, which mostly is its class. */
    @Override
    public String caption(int index) {
        Path file = file(index);
        int names = file.getNameCount();
        return names < 2 ? file.toString() : file.subpath(names - 2, names).toString();
    }

    @Override
    public String content(int index) {
        return fileDigest(index);
    }

    @Override
    public String digest() {
        return list.digests().of(list, indexes);
    }

    @Override
    public LabeledFiles subset(int[] chosen) {
        return new FileImages(
                list, Arrays.stream(chosen).map(index -> indexes[index]).toArray());
    }

    @Override
    public DecodedImage decode(int index) {
        Path file = file(index);
        DecodedImage decoded = ImageFiles.decode(file, content -> list.digests()
                .remember(indexes[index], Digests.sha256().digest(content)));
        decoded.warnings(file).forEach(list::tellsFirst);
        return decoded;
    }

    @Override
    public String fileDigest(int index) {
        return Digests.hex(list.digests().ofFile(list, indexes[index]));
    }

    @Override
    public boolean digestIsComputed() {
        return true;
    }
}
