package dev.graft.fuzzing;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.graft.mnist.IdxFiles;
import dev.graft.reading.ItemColumns;
import dev.graft.reading.LabeledTable;
import dev.graft.reading.TargetReading;
import dev.graft.reading.UnlabeledItems;
import dev.graft.targets.TargetKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of labelled data: MNIST's format, lists of images, tables of items, files of texts. */
class DataFilesFuzzTest {
    private static final List<String> CLASSES = List.of("a", "b");
    private static final byte[] PICTURE = Seeds.file("graft-core/src/test/resources/image/grey1.png");
    private static final byte[] LABELS = {0, 0, 8, 1, 0, 0, 0, 2, 0, 1};
    private static final byte[] IMAGES = {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, 4};

    static Stream<byte[]> idxImagesSeeds() {
        return Stream.of(IMAGES, gzipped(IMAGES), LABELS, new byte[] {0, 0, 8, 3, -1, -1, -1, -1, 0, 0, 0, 1});
    }

    @MethodSource("idxImagesSeeds")
    @FuzzTest
    void idxImages(byte[] content) throws IOException {
        Hostile.readOrRefuse(
                content.length,
                () -> IdxFiles.read(
                        "fuzzed", Scratch.file("images", content), Scratch.file("labels", LABELS), CLASSES));
    }

    static Stream<byte[]> idxLabelsSeeds() {
        return Stream.of(LABELS, gzipped(LABELS), IMAGES, new byte[] {0, 0, 8, 1, 0, 0, 0, 2, 0, 9});
    }

    @MethodSource("idxLabelsSeeds")
    @FuzzTest
    void idxLabels(byte[] content) throws IOException {
        Hostile.readOrRefuse(
                content.length,
                () -> IdxFiles.read(
                        "fuzzed", Scratch.file("images", IMAGES), Scratch.file("labels", content), CLASSES));
    }

    static Stream<byte[]> imageListSeeds() {
        return Seeds.texts(
                "path,label\na.png,cat\nb.png,dog\n",
                "\uFEFFlabel,path,split\ncat,\"a,1.png\",train\ndog,b.png,val\ncat,c.png,test\ndog,d.png,\n",
                "path,label\n\"a.png,cat\nb.png,dog\n");
    }

    @MethodSource("imageListSeeds")
    @FuzzTest
    void imageList(byte[] content) throws IOException {
        Hostile.readOrRefuse(content.length, () -> LabeledTable.of(Scratch.file("list.csv", content))
                .images());
    }

    static Stream<byte[]> itemsSeeds() {
        return Seeds.texts(
                "photo,title,price,colour,label\npicture.png,so good,1.5,red,cat\npicture.png,bad,,blue,dog\n",
                "photo,title,price,colour,label\npicture.png,so good,1e400,red,cat\npicture.png,bad,NaN,blue,dog\n",
                "label,colour,price,title,photo\ncat,\"a \"\"b\"\"\",1e20,\"two\nlines\",picture.png\ndog,,-0,x,none\n");
    }

    @MethodSource("itemsSeeds")
    @FuzzTest
    void items(byte[] content) throws IOException {
        ItemColumns columns = new ItemColumns(List.of("photo"), List.of("title"), List.of("price"), List.of("colour"));
        Path table = Scratch.file("items/items.csv", content);
        Scratch.file("items/picture.png", PICTURE);
        LabeledTable told = LabeledTable.of(table).withColumns(columns).withLabel("label");
        Hostile.readOrRefuse(content.length, told::items);
        Hostile.readOrRefuse(content.length, () -> told.withoutBad(true).items());
        Hostile.readOrRefuse(content.length, () -> readAll(told));
    }

    /** A table of which nothing was said: its columns are told by their names and values. */
    @MethodSource("itemsSeeds")
    @FuzzTest
    void recognizedColumns(byte[] content) throws IOException {
        Path table = Scratch.file("items/items.csv", content);
        Scratch.file("items/picture.png", PICTURE);
        Hostile.readOrRefuse(content.length, () -> LabeledTable.of(table).examples());
    }

    private static int readAll(LabeledTable table) {
        int rows = 0;
        try (UnlabeledItems items = table.unlabeled(8)) {
            for (List<UnlabeledItems.Row> some = items.next(); !some.isEmpty(); some = items.next()) {
                rows += some.size();
            }
        }
        return rows;
    }

    static Stream<byte[]> textsSeeds() {
        return Seeds.texts(
                "text,label\nso good,yes\n\"not, good\",no\n",
                "text\tlabel\nso good\tyes\nnot good\tno\n",
                "{\"text\": \"so good\", \"label\": \"yes\"}\n{\"label\": \"no\", \"text\": \"not \\ud83d\\ude00\"}\n",
                "\uFEFFtext,label\n很好,yes\n不好,no\n,no\nx,\n",
                "{\"text\": [1, {}], \"label\": 1e400}\n\"x\"\n");
    }

    @MethodSource("textsSeeds")
    @FuzzTest
    void textsInCsv(byte[] content) throws IOException {
        texts("texts.csv", content);
    }

    @MethodSource("textsSeeds")
    @FuzzTest
    void textsInTsv(byte[] content) throws IOException {
        texts("texts.tsv", content);
    }

    @MethodSource("textsSeeds")
    @FuzzTest
    void textsInJsonLines(byte[] content) throws IOException {
        texts("texts.jsonl", content);
    }

    static Stream<byte[]> targetsSeeds() {
        return Seeds.texts(
                "text,label\nso good,a|b\nnot good,\nfair,b\n",
                "text,label\nso good,\"[\"\"a\"\", \"\"b\"\"]\"\nnot good,[]\nfair,\"[\"\"b\"\"]\"\n",
                "text,label\nso good,12.5\nnot good,-1e3\nfair,0\n",
                "text,label\nso good,5\nnot good,1\nfair,3\n",
                "text,label\nso good,[1, [2], null\nnot good,1e999\nfair,NaN\n");
    }

    /** What the cells of labels say, read as every task, and as what a bundle tells. */
    @MethodSource("targetsSeeds")
    @FuzzTest
    void targets(byte[] content) throws IOException {
        Path file = Scratch.file("targets.csv", content);
        for (String task : TargetKind.TASKS) {
            LabeledTable table =
                    LabeledTable.of(file).withColumns(ItemColumns.text("text")).withTargets(TargetReading.of(task));
            Hostile.readOrRefuse(content.length, table::texts);
            Hostile.readOrRefuse(content.length, () -> table.texts(TargetKind.of(task, CLASSES)));
            Hostile.readOrRefuse(content.length, () -> table.withLabels(List.of("label", "text"))
                    .texts());
        }
    }

    private static void texts(String name, byte[] content) throws IOException {
        Path file = Scratch.file(name, content);
        Hostile.readOrRefuse(content.length, () -> LabeledTable.of(file).texts());
        Hostile.readOrRefuse(content.length, () -> LabeledTable.of(file).unlabeledTexts());
    }

    private static byte[] gzipped(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
