package dev.keratin.backend.cuda;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What files tell of NVIDIA's driver and its devices, before anything is loaded. They only say no where the driver would: what
 * they leave open is asked of the driver itself.
 */
final class DriverFiles {
    private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";
    private static final String NONE_FROM_HERE = "-1";
    /** The driver under Windows; there are no other files of it. */
    private static final String WINDOWS = "/dev/dxg";
    private static final String MODULE = "/proc/driver/nvidia/version";
    /** Every process that uses the driver opens it. */
    private static final String CONTROL = "/dev/nvidiactl";
    /** Makes and mends the other files when the driver is first used. */
    private static final String MENDER = "/usr/bin/nvidia-modprobe";
    /** One of them is enough. */
    private static final List<String> SIGNS = List.of(CONTROL, WINDOWS, MODULE, MENDER);
    private static final Pattern DEVICE = Pattern.compile("nvidia\\d+");
    private static final Pattern VERSION = Pattern.compile("libcuda\\.so\\.((\\d+)\\.[.\\d]+)");
    private static final int OLDEST = 580;

    private final Host host;
    private final CudaLibraries libraries;

    DriverFiles(Host host) {
        this.host = host;
        this.libraries = new CudaLibraries(host);
    }

    /** Why there is no device that can be used; empty if there may be one. */
    Optional<String> reason() {
        return withoutDriver().or(this::withoutDevice).or(this::hidden).or(this::tooOld).or(this::closed);
    }

    private Optional<String> withoutDriver() {
        return SIGNS.stream().anyMatch(host::exists) || libraries.bringDriver() ? Optional.empty()
                : Optional.of("there is no NVIDIA driver here (no /dev/nvidiactl): it takes an NVIDIA GPU and its driver, version 580 or later");
    }

    /** A driver that is loaded lists its devices; those that a container may use have a file. */
    private Optional<String> withoutDevice() {
        boolean known = host.exists(MODULE) && !host.exists(WINDOWS) && !libraries.bringDriver();
        boolean any = host.files().names("/dev").stream().anyMatch(name -> DEVICE.matcher(name).matches())
                || !host.files().names("/proc/driver/nvidia/gpus").isEmpty();
        return !known || any ? Optional.empty()
                : Optional.of("the NVIDIA driver has no GPU (none in /dev and in /proc/driver/nvidia/gpus)");
    }

    /** Devices from the first number on that isn't one are hidden. */
    private Optional<String> hidden() {
        return host.variable(VISIBLE).filter(list -> list.isEmpty() || list.split(",", -1)[0].trim().equals(NONE_FROM_HERE))
                .map(list -> VISIBLE + "=" + list + " hides every GPU");
    }

    /** The version is that of the library: one that is newer than the loaded module can work with it. */
    private Optional<String> tooOld() {
        List<String> found = libraries.drivers();
        List<Matcher> names = found.stream().map(file -> VERSION.matcher(host.files().realName(file))).toList();
        boolean old = !names.isEmpty() && names.stream().allMatch(name -> name.matches() && Integer.parseInt(name.group(2)) < OLDEST);
        return old ? Optional.of("the NVIDIA driver has version " + names.get(0).group(1) + ": version 580 or later is required") : Optional.empty();
    }

    /** A file without a driver behind it, or that this process may not open. */
    private Optional<String> closed() {
        boolean known = host.exists(CONTROL) && !host.exists(WINDOWS) && !host.exists(MENDER) && !libraries.bringDriver();
        return known ? host.files().refusal(CONTROL).map(refusal -> "the NVIDIA driver can't be opened (" + refusal
                + "): is it loaded, and may this process use it?") : Optional.empty();
    }
}
