package dev.keratin;

import dev.keratin.backend.TensorType;
import dev.keratin.backend.spi.Backend;
import dev.keratin.backend.spi.Buffer;
import dev.keratin.backend.spi.Executable;
import dev.keratin.profile.Profile;
import java.util.ArrayList;
import java.util.List;

/** Runs executables into new tensors. */
final class Programs {
    private Programs() {}

    /** Runs once; the results are owned by the innermost scope. */
    static List<Tensor> run(Backend backend, Executable executable, Buffer[] arguments) {
        List<TensorType> types = executable.program().resultTypes();
        Buffer[] results = new Buffer[types.size()];
        boolean done = false;
        try {
            for (int i = 0; i < results.length; i++) {
                results[i] = backend.allocate(types.get(i));
            }
            if (Profile.isActive()) {
                Profile.run(executable, Trace.path(), arguments, results);
            } else {
                executable.run(arguments, results);
            }
            done = true;
        } finally {
            for (int i = 0; i < results.length && !done && results[i] != null; i++) {
                results[i].close();
            }
        }
        List<Tensor> tensors = new ArrayList<>(results.length);
        for (Buffer result : results) {
            tensors.add(TensorScope.adopt(new EagerTensor(backend, result)));
        }
        return List.copyOf(tensors);
    }
}
