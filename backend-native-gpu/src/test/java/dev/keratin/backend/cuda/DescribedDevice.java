package dev.keratin.backend.cuda;

import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_DEVICEPROP_JSON_REPRESENTATION;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_ENGINEHEUR_DEVICEPROP;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_EXECUTION_PLAN_DEVICEPROP;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_DEVICEPROP_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_CHAR;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;

/**
 * A device that is not there, for which cuDNN makes plans all the same: it chooses engines and compiles kernels by what it is
 * told of the device. So NVIDIA's own library says here what it takes; only running the plans needs the device.
 */
record DescribedDevice(Descriptor device, CudnnStatus status) implements GraphTarget {
    /** System property: the folders with {@code libcudnn*.so.9}, cuBLAS, NVRTC and {@code libcudart.so.13}, separated as in a path. */
    static final String FOLDERS = "keratin.test.cudnn";

    /** An H200, in a process that was started with {@link #options}. */
    static DescribedDevice h200() {
        new CudaLibraries(Host.here()).prepare();
        CudnnStatus status = new CudnnStatus(new Faults());
        byte[] text = text("h200.json");
        try (BytePointer data = new BytePointer(text)) {
            return new DescribedDevice(new Descriptor(CUDNN_BACKEND_DEVICEPROP_DESCRIPTOR, status)
                    .set(CUDNN_ATTR_DEVICEPROP_JSON_REPRESENTATION, CUDNN_TYPE_CHAR, text.length, data).finish(), status);
        }
    }

    private static byte[] text(String resource) {
        try (InputStream stream = DescribedDevice.class.getResourceAsStream(resource)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a {@link Child} is started with so that it has NVIDIA's libraries, and in place of the driver the fake one. */
    static List<String> options(Path temporary) {
        String folders = System.getProperty(FOLDERS) + File.pathSeparator + FakeCuda.folder();
        return List.of("-Xmx3g", "-Dorg.bytedeco.javacpp.cachedir=" + temporary, "-D" + CudaLibraries.PROPERTY + "=" + folders);
    }

    @Override
    public Descriptor graph(Descriptor descriptor) {
        return descriptor;
    }

    @Override
    public Descriptor heuristics(Descriptor descriptor) {
        return descriptor.parts(CUDNN_ATTR_ENGINEHEUR_DEVICEPROP, device);
    }

    @Override
    public Descriptor plan(Descriptor descriptor) {
        return descriptor.parts(CUDNN_ATTR_EXECUTION_PLAN_DEVICEPROP, device);
    }
}
