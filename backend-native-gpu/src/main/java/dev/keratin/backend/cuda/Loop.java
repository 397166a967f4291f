package dev.keratin.backend.cuda;

import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Value;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes the kernel of elementwise nodes over one space: each thread takes a pack of neighbouring elements at a time. */
final class Loop {
    private final Node node;
    private final Code code;
    private final KernelBuilder kernel;
    private final long size;
    private final int width;
    private final ElementCode elements;

    /** For the results of a node in a space, from operands of it. */
    Loop(Node node, Shape space, List<Value> operands, Code code) {
        this.node = node;
        this.code = code;
        this.size = space.size();
        this.kernel = new KernelBuilder(node.op() instanceof Fusion ? "loop" : node.op().label(), "elementwise.cuh").within(size);
        this.width = Packs.width(Stream.concat(node.outputs().stream(), Packs.read(operands, space, code).stream()).toList(), code);
        this.elements = new ElementCode(space, width, "v", kernel, code);
    }

    ElementCode elements() {
        return elements;
    }

    /** Computes nodes and stores {@code outputs}: where the value of a node goes. */
    void write(List<Node> nodes, Map<Value, Value> outputs) {
        String count = kernel.number(size);
        kernel.line("const auto each = [&](auto width, const Index i) {").line("  constexpr int W = decltype(width)::value;");
        nodes.stream().flatMap(each -> each.inputs().stream()).filter(input -> elements.isLoaded(input) && elements.firstUse(input))
                .forEach(input -> kernel.line("  " + elements.load(input)));
        nodes.forEach(each -> kernel.line("  " + elements.compute(each)));
        outputs.forEach((inner, outer) -> kernel.line("  "
                + elements.store(inner, kernel.pointer(code.slot(outer), CTypes.stored(outer.type().dtype())) + " + i")));
        kernel.line("};");
        if (width > 1) {
            kernel.line("FOR_EACH(p, " + count + " / " + width + ") each(Width<" + width + ">(), p * " + width + ");");
            kernel.line("#pragma unroll 1");
            kernel.line("FOR_EACH(p, " + count + " % " + width + ") each(Width<1>(), Index(" + count + ") - 1 - p);");
        } else {
            kernel.line("FOR_EACH(i, " + count + ") each(Width<1>(), i);");
        }
        kernel.launch(Geometry.loop((size + width - 1) / width), node.op() + " " + node.scope(), code);
    }
}
