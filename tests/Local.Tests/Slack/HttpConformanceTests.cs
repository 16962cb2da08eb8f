using Relay.Slack;

namespace Local.Tests.Slack;

public sealed class HttpConformanceTests : ConformanceTests
{
    private protected override ISlackClient Over(HttpMessageHandler network) =>
        new HttpSlackClient(new HttpClient(network, disposeHandler: false), _ => HttpSlackClient.SlackApi, Time);
}
