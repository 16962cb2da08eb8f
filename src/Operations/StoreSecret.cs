using Azure;
using Azure.Security.KeyVault.Secrets;
using Relay.Routes;

namespace Operations;

/// <summary>Puts the secret of a route into the vault, once it is asked for and found to be one.</summary>
internal sealed class StoreSecret(SecretClient vault, RoleWait roles, SecretPrompt prompt, string? allowedHosts)
{
    /// <summary>Asks, unless the vault has the secret and it is not to be replaced.</summary>
    public async Task RunAsync(string route, bool replace)
    {
        if (!Route.IsName(route))
        {
            throw new OperationException(
                $"'{route}' cannot be the name of a route: lower-case letters, digits and single hyphens, at most 60.");
        }

        var name = Route.SecretOf(route);
        try
        {
            if (await roles.ForAsync(() => IsThereAsync(name)) && !replace)
            {
                prompt.Say($"The vault has the secret {name}.");
                return;
            }
        }
        catch (Exception e) when (RoleWait.IsShutOut(e))
        {
            prompt.Say(
                $"The vault cannot be reached from here, so the secret {name} was not asked for. "
                + "See docs/deploy.md on private networking.");
            return;
        }

        await AskAsync(route, name);
    }

    private async Task AskAsync(string route, string name)
    {
        var secret = prompt.Ask($"Slack webhook or bot token of the route '{route}' (Enter: not now): ");
        if (secret.Length == 0)
        {
            prompt.Say(
                "No secret yet: what is reported is kept, "
                + $"and told once `dotnet run --project src/Operations -- secret {route}` has stored it.");
            return;
        }

        // Which channel a bot token is for is a setting of the route's, not a part of its secret.
        if (!Destination.TryParse(secret, "#any", AllowedHosts.Slack.With(allowedHosts), out _, out var problem))
        {
            throw new OperationException($"Nothing was stored. {problem}");
        }

        await vault.SetSecretAsync(name, secret);
        prompt.Say($"Stored as {name}. The relay takes it up within five minutes.");
    }

    private async Task<bool> IsThereAsync(string name)
    {
        try
        {
            await vault.GetSecretAsync(name);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return false;
        }
    }
}
