package io.katydid.e2e;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A namespace of a cluster as far as one machine has it: what {@code kubectl create -f} is given becomes folders, names
 * in a network of its own, and containers of {@link ImageTree} with the environment, mounts and words of the manifests.
 */
final class ImageNamespace implements AutoCloseable {
  private final Path folder;
  private final ImageTree tree;
  private final Map<String, ConfigMap> configMaps = new LinkedHashMap<>();
  private final Map<String, ConfigMapFolder> mounted = new LinkedHashMap<>();
  private final Map<String, Container> pods = new LinkedHashMap<>();
  private final PodNetwork network;

  /** @param all everything that will be created, for the names of the services */
  ImageNamespace(Path folder, ImageTree tree, List<HasMetadata> all) throws IOException {
    this.folder = folder;
    this.tree = tree;
    String[] services =
        all.stream().filter(Service.class::isInstance).map(object -> object.getMetadata().getName())
            .toArray(String[]::new);
    this.network = new PodNetwork(folder, services);
  }

  PodNetwork network() {
    return network;
  }

  /** The pods in the order of their creation. */
  Map<String, Container> pods() {
    return pods;
  }

  void create(HasMetadata object) throws IOException {
    switch (object) {
      case ConfigMap configMap -> {
        String name = configMap.getMetadata().getName();
        configMaps.put(name, configMap);
        mounted.put(name, new ConfigMapFolder(folder.resolve(name), configMap.getData()));
      }
      case Deployment deployment -> {
        for (int i = 0; i < deployment.getSpec().getReplicas(); i++) {
          start(deployment.getMetadata().getName() + "-" + i, deployment.getSpec().getTemplate());
        }
      }
      case Job job -> start(job.getMetadata().getName(), job.getSpec().getTemplate());
      default -> { } // a service is a name, which the network has; the rest is for a real cluster
    }
  }

  private void start(String name, PodTemplateSpec template) {
    PodSpec pod = template.getSpec();
    io.fabric8.kubernetes.api.model.Container container = pod.getContainers().getFirst();
    ImageTree.ContainerSettings settings = network.in(tree.container());
    for (EnvFromSource source : container.getEnvFrom()) {
      for (Map.Entry<String, String> entry : data(source.getConfigMapRef().getName()).entrySet()) {
        settings = settings.env(entry.getKey(), entry.getValue());
      }
    }
    for (EnvVar variable : container.getEnv()) {
      settings = settings.env(variable.getName(), value(variable));
    }
    for (VolumeMount mount : container.getVolumeMounts()) {
      Volume volume =
          pod.getVolumes().stream().filter(one -> one.getName().equals(mount.getName())).findFirst().orElseThrow();
      if (volume.getConfigMap() != null) { // an empty folder is what /tmp is anyway
        settings = settings.mount(mounted.get(volume.getConfigMap().getName()).folder(), mount.getMountPath());
      }
    }
    pods.put(name, settings.start(network.enter(), container.getArgs().toArray(String[]::new)));
  }

  private String value(EnvVar variable) {
    return variable.getValue() != null
        ? variable.getValue()
        : data(variable.getValueFrom().getConfigMapKeyRef().getName())
            .get(variable.getValueFrom().getConfigMapKeyRef().getKey());
  }

  private Map<String, String> data(String configMap) {
    return configMaps.get(configMap).getData();
  }

  String transcript() {
    StringBuilder text = new StringBuilder();
    pods.forEach((name, pod) -> text.append("===== ").append(name).append('\n').append(pod.program().transcript()));
    return text.toString();
  }

  @Override
  public void close() {
    pods.values().forEach(Container::close);
    network.close();
  }
}
