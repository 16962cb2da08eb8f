using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Local.Slack;

/// <summary>Where this process's own Slack emulator listens, which is known once the server has started.</summary>
public sealed class EmulatorAddress(IServer server)
{
    /// <summary>The address, through the loopback interface whatever else the server listens on.</summary>
    public Uri Url
    {
        get
        {
            var first = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
                ?? throw new InvalidOperationException("The server has not started.");
            var address = BindingAddress.Parse(first);
            return new UriBuilder(address.Scheme, "127.0.0.1", address.Port).Uri;
        }
    }

    /// <summary>Where its Web API is.</summary>
    public Uri Api => new(Url, "/slack/api/");
}
