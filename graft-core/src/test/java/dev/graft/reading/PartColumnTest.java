package dev.graft.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.error.DataException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PartColumnTest {
    @Test
    void aColumnOfPartsMustNameThemUnlessItIsCalledSplit() {
        assertThat(column("text,label,subset", "a,x,blue")).isNull();
        assertThat(column("text,label,Subset", "a,x,train")).isNotNull();
        assertThat(column("text,label,part,subset", "a,x,blue,7")).isNull();
        PartColumn split = Objects.requireNonNull(column("text,label,SPLIT", "a,x,blue"));
        assertThat(split.part(2, "Testing")).isEqualTo(Part.TEST);
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> split.part(3, "blue"))
                .withMessageContaining("row 3, column SPLIT")
                .withMessageContaining("'blue'");
    }

    private static @Nullable PartColumn column(String columns, String row) {
        StreamTable table = StreamTable.ofLists(
                "rows", List.of(columns.split(",", -1)), () -> Stream.of(List.of(row.split(",", -1))));
        return PartColumn.of(table, table.head());
    }
}
