using Functions.Slack;
using Local.Tests.Slack;
using Relay.Slack;

namespace Functions.Tests.Slack;

public sealed class SlackNetConformanceTests : ConformanceTests
{
    private protected override ISlackClient Over(HttpMessageHandler network) => new SlackNetClient(network, Time);
}
