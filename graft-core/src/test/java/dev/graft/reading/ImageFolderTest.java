package dev.graft.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.LabeledImages;
import dev.graft.data.ResidentImages;
import dev.graft.data.Split;
import dev.graft.image.TestFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ImageFolderTest extends FolderReading {
    @Test
    void classesAndFilesComeInTheOrderOfTheirNamesAtAnyDepth() {
        folder.noise("dog/b.png", 1).noise("dog/a.png", 2).noise("cat/deep/er/c.png", 3);

        LabeledFiles files = ImageFolder.of(root);

        assertThat(files.classNames()).containsExactly("cat", "dog");
        assertThat(files.size()).isEqualTo(3);
        assertThat(files.file(0)).isEqualTo(root.resolve("cat/deep/er/c.png"));
        assertThat(files.file(1)).isEqualTo(root.resolve("dog/a.png"));
        assertThat(files.label(0)).isZero();
        assertThat(files.label(2)).isOne();
        assertThat(files.image(0).height()).isEqualTo(16);
    }

    @Test
    void aMissingFolderAndAFileAreToldApart() throws IOException {
        assertRefused(() -> ImageFolder.of(root.resolve("nowhere")), "nowhere", "nothing");
        Path file = Files.writeString(directory.resolve("a.txt"), "x");
        assertRefused(() -> ImageFolder.of(file), "a.txt", "a file");
    }

    @Test
    void withoutClassFoldersTheLayoutIsShown() {
        folder.noise("a.png", 1);

        assertRefused(() -> ImageFolder.of(root), "no class folders", "cat/1.jpg", "1 files and no folder");
    }

    @Test
    void oneClassIsRefused() {
        folder.noise("cat", 2, 1);

        assertRefused(() -> ImageFolder.of(root), "one class only", "cat");
    }

    @Test
    void anEmptyClassIsRefusedUnlessAllowed() throws IOException {
        folder.noise("cat", 2, 1).noise("dog", 2, 2);
        Files.createDirectory(root.resolve("emu"));

        assertRefused(() -> ImageFolder.of(root), "holds no files", "emu");
        assertThat(ImageFolder.of(root, FolderRules.defaults().withEmptyClasses(true))
                        .classNames())
                .containsExactly("cat", "dog", "emu");
    }

    @Test
    void linksInCirclesAndToNowhereAreRefused() throws IOException {
        folder.noise("cat", 2, 1).noise("dog", 2, 2);
        Path circle = Files.createSymbolicLink(root.resolve("cat/again"), root.resolve("cat"));
        assertRefused(() -> ImageFolder.of(root), "leads back into itself", "again");
        Files.delete(circle);
        Path itself = root.resolve("cat/self");
        Files.createSymbolicLink(itself, itself);
        assertRefused(() -> ImageFolder.of(root), "leads nowhere", "self");
        Files.delete(itself);
        Files.createSymbolicLink(root.resolve("dog/gone.png"), root.resolve("gone.png"));
        assertRefused(() -> ImageFolder.of(root), "leads nowhere", "gone.png");
    }

    @Test
    void aLinkOutOfTheFolderIsRefusedUnlessAllowed() throws IOException {
        folder.noise("cat", 2, 1).noise("dog", 2, 2);
        Path outside = Files.write(directory.resolve("outside.png"), TestFolder.png(4, 4, 9));
        Files.createSymbolicLink(root.resolve("cat/link.png"), outside);

        assertRefused(() -> ImageFolder.of(root), "leads out of it", "link.png", "outside.png");
        assertThat(ImageFolder.of(root, FolderRules.defaults().withLinksOutside(true))
                        .size())
                .isEqualTo(5);
    }

    @Test
    void classNamesThatDifferByCaseAloneAreRefused() {
        folder.noise("Cat", 2, 1).noise("dog", 2, 2);
        if (Files.exists(root.resolve("cat"))) {
            return; // this file system cannot hold both
        }
        folder.noise("cat", 2, 3);

        assertRefused(() -> ImageFolder.of(root), "'Cat' and 'cat'");
    }

    @Test
    void whatSystemsLeaveBehindIsIgnoredAndCounted() {
        byte[] text = "x".getBytes(StandardCharsets.UTF_8);
        folder.noise("cat", 2, 1).noise("dog", 2, 2);
        folder.write(".DS_Store", text).write("cat/.DS_Store", text).write("dog/Thumbs.db", text);
        folder.write("read me.txt", text);

        Listing listing = ImageFolder.of(root).listing();

        assertThat(listing.listed()).isEqualTo(4);
        assertThat(listing.used()).isEqualTo(4);
        assertThat(listing.ignored()).isEqualTo(4);
        assertThat(listing.warnings()).singleElement().asString().contains("4 hidden");
    }

    @Test
    void moreThanTwentyToOneIsAWarning() {
        folder.noise("cat", 21, 1).noise("dog", 1, 2);

        assertThat(ImageFolder.of(root).listing().warnings())
                .singleElement()
                .asString()
                .contains("'cat' has 21", "'dog' 1");
    }

    @Test
    void dividedDataKeepsTheTrainingPartsClasses() {
        folder.noise("train/cat", 3, 1)
                .noise("train/dog", 3, 2)
                .noise("val/dog", 2, 3)
                .noise("test/cat", 1, 4);

        ImageDataset data = ImageDataset.of(root);

        LabeledFiles validation = Objects.requireNonNull(data.validation());
        assertThat(validation.classNames()).containsExactly("cat", "dog");
        assertThat(validation.label(0)).isOne();
        Split.Parts parts = data.parts(Split.stratified(0.8, 0.1, 0.1));
        assertThat(parts.train().size()).isEqualTo(6);
        assertThat(parts.validation().size()).isEqualTo(2);
        assertThat(parts.test().size()).isEqualTo(1);
    }

    @Test
    void whatIsNotDividedIsTakenFromTheTrainingPart() {
        folder.noise("train/cat", 8, 1).noise("train/dog", 8, 2).noise("test/cat", 3, 4);

        Split.Parts parts = ImageDataset.of(root).parts(Split.stratified(0.6, 0.2, 0.2));

        assertThat(parts.train().size()).isEqualTo(12);
        assertThat(parts.validation().size()).isEqualTo(4);
        assertThat(parts.test().size()).isEqualTo(3);
    }

    @Test
    void aClassThatTrainLacksIsRefused() {
        folder.noise("train/cat", 3, 1).noise("train/dog", 3, 2).noise("valid/emu", 2, 3);

        assertRefused(() -> ImageDataset.of(root), "lacks", "emu", "cat, dog");
    }

    @Test
    void dividedDataIsNotMistakenForClasses() {
        folder.noise("train/cat", 3, 1).noise("test/cat", 3, 2);

        assertRefused(() -> ImageFolder.of(root), "divided into parts");
    }

    @Test
    void theDigestChangesWithContentAndLabelsAndComesFromFilesReadOnce() throws IOException {
        folder.noise("cat", 2, 1).noise("dog", 2, 2);
        LabeledFiles files = ImageFolder.of(root);
        String before = files.digest();

        assertThat(ImageFolder.of(root).digest()).isEqualTo(before);
        assertThat(files.subset(new int[] {0, 1, 2, 3}).digest()).isEqualTo(before);
        assertThat(files.subset(new int[] {0, 2}).digest()).isNotEqualTo(before);
        Files.move(root.resolve("cat/1.png"), root.resolve("dog/00.png"));
        assertThat(ImageFolder.of(root).digest()).isNotEqualTo(before);
        // Known already: no file is read again for it.
        assertThat(files.subset(new int[] {1, 0}).digest()).hasSize(64);
    }

    @Test
    void residentImagesAreTheSameAndNeedNoFile() throws IOException {
        folder.noise("cat", 2, 1).noise("dog", 2, 2);
        LabeledFiles files = ImageFolder.of(root);
        int bytes = 4 * 16 * 16 * 3;
        assertThat(ResidentImages.within(files, bytes - 1)).isSameAs(files);

        LabeledImages resident = ResidentImages.within(files, bytes);

        assertThat(resident.digest()).isEqualTo(files.digest());
        assertThat(resident.image(3).pixels()).isEqualTo(files.image(3).pixels());
        Files.delete(root.resolve("dog/1.png"));
        assertThat(resident.subset(new int[] {3}).image(0).height()).isEqualTo(16);
        assertThat(resident.subset(new int[] {3}).label(0)).isOne();
        assertRefused(() -> files.image(3), "There is no image file", "1.png");
    }
}
