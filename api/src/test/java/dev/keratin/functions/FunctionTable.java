package dev.keratin.functions;

import dev.keratin.Ops;
import dev.keratin.ops.Fft;
import dev.keratin.ops.Functions;
import dev.keratin.ops.Images;
import dev.keratin.ops.Linalg;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All functions of the facades, each in one call or several. */
public final class FunctionTable {
    /** The classes whose static methods are functions of tensors. */
    static final List<Class<?>> FACADES = List.of(Ops.class, Fft.class, Linalg.class, Images.class, Functions.class);

    private FunctionTable() {}

    /** Every case. */
    public static List<FunctionCase> cases() {
        return Stream.of(ElementCases.all(), ReductionCases.all(), CreationCases.all(), ShapeCases.all(), ProductCases.cases(),
                NetworkCases.all(), ControlCases.cases(), ImageCases.all()).flatMap(each -> each).toList();
    }

    /** The names of a facade's functions, in order. */
    static TreeSet<String> functions(Class<?> facade) {
        return Arrays.stream(facade.getMethods()).filter(each -> Modifier.isStatic(each.getModifiers())).map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
