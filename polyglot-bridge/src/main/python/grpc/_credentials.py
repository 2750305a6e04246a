"""Who a channel trusts, and by what a call proves who it is from. Plugins are asked on the thread that calls."""
import collections

import _katydid
from grpc import _call
from grpc._codes import LocalConnectionType, StatusCode
from grpc._interfaces import AuthMetadataContext

_Context = collections.namedtuple("_AuthMetadataContext", ("service_url", "method_name"))


class _PluginContext(_Context, AuthMetadataContext):
    """The call a plugin is asked about."""


class ChannelCredentials:
    """How a channel is encrypted and whom it trusts; PEM texts as bytes."""

    def __init__(self, tls, roots=None, key=None, chain=None, call_credentials=None):
        self._tls = tls
        self._roots, self._key, self._chain = roots, key, chain
        self._call_credentials = call_credentials


class CallCredentials:
    """What is sent with a call to prove who it is from."""

    def __init__(self, plugins):
        self._plugins = tuple(plugins)

    def _metadata(self, host, path):
        service, _, method = path.rpartition("/")
        context = _PluginContext(f"https://{host}{service}", method)
        pairs = []
        for plugin in self._plugins:
            pairs += _ask(plugin, context)
        return pairs


def _ask(plugin, context):
    answered = _katydid.Semaphore(0)
    answer = []

    def callback(metadata, error):
        answer[:] = [metadata, error]
        answered.release()

    error = None
    try:
        plugin(context, callback)
    except Exception as raised:
        error = raised
    if error is None:
        if answered.acquire() < 0:
            raise _katydid.death()
        metadata, error = answer
    if error is not None:
        raise _call._InactiveRpcError(_call.local_ending(
            StatusCode.UNAVAILABLE,
            f"Getting metadata from plugin failed with error: {error}")) from error
    return list(metadata or ())


class ServerCredentials:
    """Those of a server; there is none here."""


def ssl_channel_credentials(root_certificates=None, private_key=None, certificate_chain=None):
    """TLS; without root certificates those of the JDK are trusted."""
    return ChannelCredentials(True, root_certificates, private_key, certificate_chain)


def local_channel_credentials(local_connect_type=LocalConnectionType.LOCAL_TCP):
    """No encryption, for a server on this machine."""
    return ChannelCredentials(False)


def metadata_call_credentials(metadata_plugin, name=None):
    """Asks the plugin before each call."""
    return CallCredentials((metadata_plugin,))


def access_token_call_credentials(access_token):
    """Sends a bearer token with each call."""
    pairs = (("authorization", f"Bearer {access_token}"),)
    return CallCredentials((lambda context, callback: callback(pairs, None),))


def composite_call_credentials(*call_credentials):
    return CallCredentials(plugin for one in call_credentials for plugin in one._plugins)


def composite_channel_credentials(channel_credentials, *call_credentials):
    present = channel_credentials._call_credentials
    together = composite_call_credentials(*((present,) if present else ()), *call_credentials)
    return ChannelCredentials(channel_credentials._tls, channel_credentials._roots, channel_credentials._key,
                              channel_credentials._chain, together)


def compute_engine_channel_credentials(call_credentials):
    return composite_channel_credentials(ssl_channel_credentials(), call_credentials)


def _refused(*arguments, **named):
    raise NotImplementedError("Katydid's gRPC knows TLS only: use grpc.ssl_channel_credentials().")


alts_channel_credentials = xds_channel_credentials = _refused
