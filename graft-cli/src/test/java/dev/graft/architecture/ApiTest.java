package dev.graft.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Public is a promise: {@code api.txt} lists the types that users may build on, {@code internal.txt} those that are public because
 * another package of Graft needs them, and may change at any time. Whoever adds a public type decides which it is.
 */
class ApiTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.graft");
    private static final Set<String> API = listed("api.txt");
    private static final Set<String> INTERNAL = listed("internal.txt");

    @Test
    void everyPublicTypeIsEitherAPromiseOrInternal() {
        Set<String> found = CLASSES.stream()
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(type -> type.isTopLevelClass() && !type.getPackageName().equals("dev.graft.cli"))
                // Made of the page's templates.
                .filter(type -> !type.getSimpleName().startsWith("Jte"))
                .map(JavaClass::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = new TreeSet<>(API);
        known.addAll(INTERNAL);

        assertThat(API).as("in both lists").doesNotContainAnyElementsOf(INTERNAL);
        assertThat(found).as("public types, and those that are listed").isEqualTo(known);
    }

    @Test
    void whatIsPromisedNamesNothingInternal() {
        List<String> leaks = new ArrayList<>();
        for (JavaClass type : CLASSES) {
            if (API.contains(topLevel(type)) && isVisible(type)) {
                Stream<JavaType> members =
                        type.getMembers().stream().filter(ApiTest::isVisible).flatMap(ApiTest::types);
                Stream<JavaType> above = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
                Stream.concat(members, above)
                        .flatMap(named -> named.getAllInvolvedRawTypes().stream())
                        .map(ApiTest::topLevel)
                        .filter(name -> name.startsWith("dev.graft.") && !API.contains(name))
                        .distinct()
                        .forEach(name -> leaks.add(type.getName() + " names " + name));
            }
        }

        assertThat(leaks).isEmpty();
    }

    private static Stream<JavaType> types(JavaMember member) {
        if (member instanceof JavaField field) {
            return Stream.of(field.getType());
        }
        JavaCodeUnit unit = (JavaCodeUnit) member;
        return Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream());
    }

    private static boolean isVisible(JavaMember member) {
        return visible(member.getModifiers()) && !member.getModifiers().contains(JavaModifier.SYNTHETIC);
    }

    private static boolean isVisible(JavaClass type) {
        return visible(type.getModifiers())
                && type.getEnclosingClass().map(ApiTest::isVisible).orElse(true);
    }

    private static boolean visible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static String topLevel(JavaClass type) {
        JavaClass outer = type;
        while (outer.isArray()) {
            outer = outer.getComponentType();
        }
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer.getName();
    }

    private static Set<String> listed(String file) {
        try (InputStream in = ApiTest.class.getResourceAsStream("/api/" + file)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new AssertionError("a list of the tests can be read", e);
        }
    }
}
