package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests and the rendered chart against Kubernetes' models, and what must agree between their objects. */
class ManifestsTest {
  private static final Path FOLDER = Peers.projectFolder().resolve("kubernetes");
  private static final String DEFAULTS = "";
  private static final String EVERYTHING =
      "worker.hpa.enabled=true,master.pdb.enabled=true,worker.pdb.enabled=true,master.auth.enabled=true,"
          + "master.auth.username=me,master.auth.password=secret,ingress.enabled=true,networkPolicy.enabled=true,"
          + "serviceMonitor.enabled=true,loadtest.environment.A=1,loadtest.environment_secret.B=2,"
          + "loadtest.environment_external_secret.outside={C,D},loadtest.pip_packages={faker,jsonpath},"
          + "loadtest.locust_lib_configmap=my-lib,loadtest.locust_locustfile_configmap=my-file,loadtest.tags=a,"
          + "loadtest.mount_external_secret.mountPath=/keys,loadtest.mount_external_secret.files.outside={C},"
          + "extraConfigMaps.more=/more,nodeSelector.disk=ssd,worker.annotations.a=b,extraLabels.team=x";
  private static final String HEADLESS = "loadtest.headless=true,worker.replicas=3,master.restartPolicy=Always";

  static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(FOLDER)) {
      return all.filter(file -> file.toString().endsWith(".yaml") && !file.endsWith("kustomization.yaml")).sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyFileIsWhatKubernetesKnows(Path file) throws Exception {
    List<HasMetadata> objects = Manifests.read(file);
    assertFalse(objects.isEmpty());
    objects.forEach(object -> assertNotNull(object.getMetadata().getName(), file::toString));
  }

  @Test
  void mistakesAreFound() {
    assertThrows(IOException.class, () -> Manifests.parse("apiVersion: v1\nkind: Service\nspek: {}\n"));
    assertThrows(IOException.class, () -> Manifests.parse("apiVersion: v1\nkind: Service\nkind: Service\n"));
    assertThrows(IOException.class, () -> Manifests.parse("apiVersion: apps/v2\nkind: Deployment\n"));
    assertThrows(
        IOException.class,
        () -> Manifests.parse("apiVersion: apps/v1\nkind: Deployment\nspec: {replicas: two}\n"));
  }

  @Test
  void theFilesFitTogether() throws Exception {
    List<HasMetadata> all = new ArrayList<>();
    for (Path file : files()) {
      all.addAll(Manifests.read(file));
    }
    assertFit(all, List.of());
  }

  @Test
  void theKustomizationMakesTheSameObjects() throws Exception {
    Optional<Path> kubectl = Peers.onPath("kubectl");
    assumeTrue(kubectl.isPresent(), "no kubectl: the kustomization is not rendered");
    List<HasMetadata> objects = Manifests.parse(output(kubectl.get().toString(), "kustomize", FOLDER.toString()));
    assertTrue(objects.size() >= 7);
    assertFit(objects, List.of());
  }

  @Test
  void theComposeFileIsWhatComposeKnows() {
    Optional<Path> compose = Peers.onPath("docker-compose");
    assumeTrue(compose.isPresent(), "no docker-compose: the compose file is not read");
    Path file = Peers.projectFolder().resolve("docker/compose.yaml");
    String services = output(compose.get().toString(), "-f", file.toString(), "config", "--services");
    assertEquals(List.of("master", "target", "worker"), services.lines().sorted().toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {DEFAULTS, EVERYTHING, HEADLESS})
  void theChartIsWhatKubernetesKnows(String values) throws Exception {
    List<String> command = new ArrayList<>(List.of(helm(), "template", "try", FOLDER.resolve("chart").toString()));
    if (!values.isEmpty()) {
      command.addAll(List.of("--set", values));
    }
    List<HasMetadata> objects = Manifests.parse(output(command.toArray(String[]::new)));
    assertFit(objects, List.of("my-file", "my-lib", "more"));
    long deployments = objects.stream().filter(Deployment.class::isInstance).count();
    assertEquals(2, deployments);
    if (values.equals(EVERYTHING)) {
      assertEquals(13, objects.size(), () -> objects.stream().map(HasMetadata::getKind).toList().toString());
    }
  }

  private static String helm() {
    Path own = Path.of(System.getProperty("user.home"), "go/bin/helm");
    Optional<Path> found = Peers.onPath("helm").or(() -> Optional.of(own).filter(Files::isExecutable));
    assumeTrue(found.isPresent(), "no helm: the chart is not rendered");
    return found.get().toString();
  }

  private static String output(String... command) {
    try (Program program = Program.start(FOLDER, Map.of(), List.of(command))) {
      assertEquals(0, program.exitCode(60), program::transcript);
      return program.stdout();
    }
  }

  /** Selectors find pods, ports and volumes that are named exist. */
  private static void assertFit(List<HasMetadata> all, List<String> otherConfigMaps) {
    List<PodTemplateSpec> pods = new ArrayList<>();
    for (HasMetadata object : all) {
      if (object instanceof Deployment deployment) {
        pods.add(deployment.getSpec().getTemplate());
        assertSelects(deployment.getSpec().getSelector().getMatchLabels(), deployment.getSpec().getTemplate());
      } else if (object instanceof Job job) {
        pods.add(job.getSpec().getTemplate());
      }
    }
    List<String> configMaps = new ArrayList<>(otherConfigMaps);
    all.stream().filter(object -> object.getKind().equals("ConfigMap"))
        .forEach(object -> configMaps.add(object.getMetadata().getName()));
    for (PodTemplateSpec pod : pods) {
      assertPod(pod, configMaps);
    }
    for (HasMetadata object : all) {
      if (object instanceof Service service) {
        assertService(service, pods);
      }
    }
  }

  private static void assertService(Service service, List<PodTemplateSpec> pods) {
    Map<String, String> selector = service.getSpec().getSelector();
    List<PodTemplateSpec> behind =
        pods.stream().filter(pod -> labels(pod).entrySet().containsAll(selector.entrySet())).toList();
    assertEquals(1, behind.size(), () -> "pods behind the service " + service.getMetadata().getName());
    List<String> ports =
        behind.getFirst().getSpec().getContainers().getFirst().getPorts().stream().map(ContainerPort::getName).toList();
    for (ServicePort port : service.getSpec().getPorts()) {
      assertTrue(ports.contains(port.getTargetPort().getStrVal()), port::toString);
    }
  }

  private static void assertPod(PodTemplateSpec pod, List<String> configMaps) {
    List<String> volumes = new ArrayList<>();
    for (Volume volume : pod.getSpec().getVolumes()) {
      volumes.add(volume.getName());
      if (volume.getConfigMap() != null) {
        assertTrue(configMaps.contains(volume.getConfigMap().getName()), volume::toString);
      }
    }
    for (Container container : pod.getSpec().getContainers()) {
      for (VolumeMount mount : container.getVolumeMounts()) {
        assertTrue(volumes.contains(mount.getName()), mount::toString);
      }
      List<String> ports = container.getPorts().stream().map(ContainerPort::getName).toList();
      for (Probe probe :
          Stream.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())
              .filter(one -> one != null && one.getHttpGet() != null).toList()) {
        assertTrue(ports.contains(probe.getHttpGet().getPort().getStrVal()), probe::toString);
      }
    }
  }

  private static void assertSelects(Map<String, String> selector, PodTemplateSpec pod) {
    assertTrue(labels(pod).entrySet().containsAll(selector.entrySet()), selector::toString);
  }

  private static Map<String, String> labels(PodTemplateSpec pod) {
    return pod.getMetadata().getLabels();
  }
}
