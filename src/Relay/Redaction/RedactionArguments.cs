namespace Relay.Redaction;

/// <summary>Masks a list of strings as the arguments of a command, one after the other.</summary>
internal sealed class RedactionArguments
{
    private string _previous = "";
    private RedactionClient? _client;
    private bool _secretNext;

    /// <summary>The next argument, masked.</summary>
    public string Next(string argument)
    {
        var masked = Masked(argument);
        _previous = argument;
        return masked;
    }

    private string Masked(string argument)
    {
        if (_secretNext && !argument.StartsWith('-'))
        {
            _secretNext = false;
            return RedactionNames.IsHarmless(argument) ? argument : RedactionRule.Mask;
        }

        var words = $"{_previous} {argument}";
        _client = RedactionClient.InLists.FirstOrDefault(client => client.Ends(words)) ?? _client;
        _secretNext = _client?.Options.Contains(argument) == true || RedactionNames.IsSecretOption(argument);

        if (argument.StartsWith('-') && argument.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals
            && RedactionNames.IsSecretOption(argument[..equals]) && !RedactionNames.IsHarmless(argument[(equals + 1)..]))
        {
            return argument[..(equals + 1)] + RedactionRule.Mask;
        }

        return _client?.AttachedOption(argument) is { } option ? option + RedactionRule.Mask : Redactor.Text(argument);
    }
}
