package dev.keratin.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every public layer class can be named by a file and has a factory. */
class CompletenessTest {
    /** Made by {@code input(...)}. */
    private static final String INPUT = "InputLayer";

    private static List<Class<?>> layerClasses() throws IOException, URISyntaxException {
        Path folder = Path.of(Layer.class.getResource("Layer.class").toURI()).getParent();
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.matches("[A-Za-z0-9]+\\.class"))
                    .<Class<?>>map(name -> classOf(name.replace(".class", "")))
                    .filter(type -> Layer.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())
                            && Modifier.isPublic(type.getModifiers())).toList();
        }
    }

    private static Class<?> classOf(String name) {
        try {
            return Class.forName(Layer.class.getPackageName() + "." + name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void registry_eachLayerClass_isKnown() throws IOException, URISyntaxException {
        assertThat(layerClasses()).hasSizeGreaterThan(60);
        assertThat(Layers.registry().names()).containsAll(layerClasses().stream().map(Class::getSimpleName).toList());
    }

    @Test
    void factories_eachLayerClass_hasOneNamedLikeIt() throws IOException, URISyntaxException {
        Set<String> factories = Arrays.stream(Layers.class.getMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers()) && Layer.class.isAssignableFrom(method.getReturnType()))
                .map(Method::getName).map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        assertThat(factories).containsAll(layerClasses().stream().map(Class::getSimpleName)
                .filter(name -> !name.equals(INPUT)).map(name -> name.toLowerCase(Locale.ROOT)).toList());
    }

    @Test
    void factories_aliasesOfKeras_areKnownToFiles() {
        assertThat(Layers.registry().names()).contains("Convolution2D", "Convolution2DTranspose", "SeparableConvolution1D",
                "AvgPool2D", "MaxPool1D", "GlobalAvgPool3D", "GlobalMaxPool2D");
    }
}
