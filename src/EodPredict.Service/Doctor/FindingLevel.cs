namespace EodPredict.Service.Doctor;

/// <summary>How a finding is meant.</summary>
internal enum FindingLevel
{
    Good,

    /// <summary>Worth knowing, no fault.</summary>
    Note,

    /// <summary>The service could not do its work so.</summary>
    Bad,
}
