package dev.graft.fuzzing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every reader of JSON is given what it reads with each value left out, and replaced by values of every other kind. */
class JsonVariationsTest {
    @ParameterizedTest
    @CsvSource({
        "fuzzing.BundlesFuzzTest, config",
        "fuzzing.BundlesFuzzTest, configOfCountedWords",
        "fuzzing.BundlesFuzzTest, configOfSeveralBranches",
        "fuzzing.BundlesFuzzTest, configOfAdapters",
        "fuzzing.BundlesFuzzTest, record",
        "fuzzing.PublishedModelsFuzzTest, transformerConfig",
        "source.PublishedSettingsFuzzTest, preprocessing",
        "hub.HubAnswersFuzzTest, listing",
        "storage.RecordsFuzzTest, record",
        "text.ModelSettingsFuzzTest, modules",
        "text.ModelSettingsFuzzTest, pooling",
        "text.ModelSettingsFuzzTest, limits",
        "tokenizer.TokenizersFuzzTest, check",
        "training.CheckpointsFuzzTest, state",
        "weights.TensorFilesFuzzTest, shardIndex",
    })
    void noValueOfAnotherKindEndsInAnythingButGraftsExceptions(String type, String name) throws Exception {
        Class<?> fuzzTest = Class.forName("dev.graft." + type);
        Constructor<?> constructor = fuzzTest.getDeclaredConstructor();
        constructor.setAccessible(true);
        Object test = constructor.newInstance();
        Method method = fuzzTest.getDeclaredMethod(name, byte[].class);
        method.setAccessible(true);
        List<byte[]> variations = seeds(fuzzTest, method)
                .flatMap(seed -> JsonVariations.of(seed).stream())
                .toList();

        assertThat(variations).hasSizeGreaterThan(10);
        for (byte[] variation : variations) {
            assertThatCode(() -> invoke(test, method, variation))
                    .as(new String(variation, StandardCharsets.UTF_8))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void everyValueIsLeftOutAndReplaced() {
        List<String> variations = JsonVariations.of("{\"a\":[1],\"b\":2}".getBytes(StandardCharsets.UTF_8)).stream()
                .map(variation -> new String(variation, StandardCharsets.UTF_8))
                .toList();

        assertThat(variations)
                .contains(
                        "{\"b\":2}",
                        "{\"a\":[],\"b\":2}",
                        "{\"a\":[1]}",
                        "{\"a\":[null],\"b\":2}",
                        "{\"b\":null,\"a\":[1]}");
    }

    private static Stream<byte[]> seeds(Class<?> fuzzTest, Method method) throws ReflectiveOperationException {
        Method seeds = fuzzTest.getDeclaredMethod(
                method.getAnnotation(MethodSource.class).value()[0]);
        seeds.setAccessible(true);
        return ((Stream<?>) seeds.invoke(null)).map(byte[].class::cast);
    }

    private static void invoke(Object test, Method method, byte[] content) throws Throwable {
        try {
            method.invoke(test, (Object) content);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
