using Functions.Slack;
using Microsoft.Extensions.DependencyInjection;
using Relay.Slack;

namespace Functions.Tests.Slack;

public sealed class SlackNetCompositionTests
{
    [Fact]
    public async Task Slack_hears_from_SlackNet()
    {
        await using var provider = CompositionTests.Services().BuildServiceProvider();

        Assert.IsType<SlackNetClient>(provider.GetRequiredService<ISlackClient>());
    }
}
