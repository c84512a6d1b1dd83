// Names and numbers are the platform's public list of error codes, cut to what this system can say.
#include "platform/web_api/odata/error_codes.h"

#include <algorithm>
#include <array>

namespace cashline::odata {

namespace {

struct Entry {
    std::string_view name;
    std::string_view number;
};

// Sorted by name.
constexpr std::array entries {
    Entry { "AccessDenied", "0x80048405" },
    Entry { "AccessTokenExpired", "0x8005f101" },
    Entry { "AccountDoesNotExist", "0x80040502" },
    Entry { "AccountLoopBeingCreated", "0x80040507" },
    Entry { "AccountLoopExists", "0x80040506" },
    Entry { "ActiveStageIDIsNull", "0x80060449" },
    Entry { "ActiveStageIdDoesNotMatchLastStageInTraversedPath", "0x80060455" },
    Entry { "ActiveStageIsNotOnLeadEntity", "0x80100002" },
    Entry { "ActivityPartyObjectTypeNotAllowed", "0x80043506" },
    Entry { "AggregateQueryRecordLimitExceeded", "0x8004e023" },
    Entry { "AssociateProductFailureDifferentUom", "0x80061040" },
    Entry { "AttributeCannotBeUpdated", "0x80060413" },
    Entry { "AttributeCannotBeUsedInAggregate", "0x80060559" },
    Entry { "AttributePermissionReadIsMissing", "0x8004f504" },
    Entry { "AttributePermissionUpdateIsMissingDuringUpdate", "0x8004f507" },
    Entry { "BaseCurrencyCannotBeDeactivated", "0x80048cf4" },
    Entry { "BaseCurrencyNotDeletable", "0x80048cff" },
    Entry { "BaseCurrencyOverflow", "0x80048cec" },
    Entry { "BaseCurrencyUnderflow", "0x80048ceb" },
    Entry { "BaseUnitNotNull", "0x80043b17" },
    Entry { "BaseUomNameNotSpecified", "0x80043810" },
    Entry { "BpfInstanceAlreadyExists", "0x80060397" },
    Entry { "BundleCannotContainBundle", "0x8004f972" },
    Entry { "BundleCannotContainProductFamily", "0x8004f992" },
    Entry { "BundleCannotContainProductKit", "0x80061014" },
    Entry { "BundleMaxPropertyLimitExceeded", "0x8008100e" },
    Entry { "BusinessManagementLoopBeingCreated", "0x80041d21" },
    Entry { "BusinessManagementLoopExists", "0x80041d20" },
    Entry { "BusinessRuleRefused", "0x80040265" },
    Entry { "BusinessUnitDefaultTeamOwnsRecords", "0x80041d62" },
    Entry { "CanOnlySetActiveOrDraftProductFamilyAsParent", "0x8004f906" },
    Entry { "CannotAddBundleToItself", "0x80061031" },
    Entry { "CannotAddBundleToPricelist", "0x80061007" },
    Entry { "CannotAddMembersToDefaultTeam", "0x8004830b" },
    Entry { "CannotAddPricelistToProductFamily", "0x8004f902" },
    Entry { "CannotAddProduct", "0x8004f908" },
    Entry { "CannotAddProductBundleToKit", "0x80061022" },
    Entry { "CannotAddProductFamilyToKit", "0x80061023" },
    Entry { "CannotAddProductToBundle", "0x8004f976" },
    Entry { "CannotAddProductToKit", "0x80061024" },
    Entry { "CannotAddProductToRetiredKit", "0x80061026" },
    Entry { "CannotAddRetiredProduct", "0x80061033" },
    Entry { "CannotAddRetiredProductToKit", "0x80061027" },
    Entry { "CannotAddRetiredProductToPricelist", "0x80061009" },
    Entry { "CannotAssignToAccessTeam", "0x80048340" },
    Entry { "CannotAssignToDisabledBusiness", "0x8004032d" },
    Entry { "CannotAssociateProductFamily", "0x8004f999" },
    Entry { "CannotAssociateRetiredBundles", "0x80081011" },
    Entry { "CannotAssociateRetiredProducts", "0x8004f974" },
    Entry { "CannotCancelInvoice", "0x80100001" },
    Entry { "CannotChangeProductRelationship", "0x80061013" },
    Entry { "CannotChangeSelectedBundleToAnotherValue", "0x8004f986" },
    Entry { "CannotChangeSelectedProductWithBundle", "0x8004f987" },
    Entry { "CannotChangeTeamTypeDueToOwnership", "0x80048337" },
    Entry { "CannotCloneBundleAsProductLimitExceeded", "0x8004f985" },
    Entry { "CannotCloneBundleWithRetiredProducts", "0x80061034" },
    Entry { "CannotCloneProductKit", "0x80061020" },
    Entry { "CannotCreateKitOfTypeFamilyOrBundle", "0x80061012" },
    Entry { "CannotDeleteDueToAssociation", "0x80040227" },
    Entry { "CannotPayNonActiveInvoice", "0x80100000" },
    Entry { "CannotPublishBundleWithProductStateDraftOrRetire", "0x8004f907" },
    Entry { "CannotPublishChildOfNonActiveProductFamily", "0x8004f909" },
    Entry { "CannotPublishKitWithProductStateDraftOrRetire", "0x8004f916" },
    Entry { "CannotPublishNestedBundle", "0x80061011" },
    Entry { "CannotQualifyLead", "0x80081018" },
    Entry { "CannotRemoveMembersFromDefaultTeam", "0x8004830c" },
    Entry { "CannotRemoveProductFromPricelist", "0x80061008" },
    Entry { "CannotRetireProduct", "0x8004f915" },
    Entry { "CannotRetireProductFromActiveBundle", "0x8004f997" },
    Entry { "CannotSetParentDefaultTeam", "0x80048308" },
    Entry { "CannotSetProductAsParent", "0x8004f998" },
    Entry { "CannotSetPublishRetiredProductsToDraft", "0x80061035" },
    Entry { "CannotShareWithOwner", "0x80040214" },
    Entry { "CannotSpecifyBothProductAndProductDesc", "0x80043afb" },
    Entry { "CannotSpecifyBothUomAndProductDesc", "0x80043afa" },
    Entry { "CannotUpdateDraftProducts", "0x8004f975" },
    Entry { "CannotUpdateNameDefaultTeam", "0x8004830a" },
    Entry { "CannotUpdateObjectBecauseItIsInactive", "0x80040230" },
    Entry { "CannotUpdateOpportunityCurrency", "0x80048479" },
    Entry { "CannotUpdateProductCurrency", "0x80048cfa" },
    Entry { "CannotUpdateQuoteCurrency", "0x8004480e" },
    Entry { "CannotUseOpportunitySetStateMessage", "0x80100005" },
    Entry { "ConcurrencyVersionMismatch", "0x80060882" },
    Entry { "ConcurrencyVersionNotProvided", "0x80060883" },
    Entry { "ContactDoesNotExist", "0x80040503" },
    Entry { "ContactLoopBeingCreated", "0x8004050a" },
    Entry { "ContactLoopExists", "0x80040509" },
    Entry { "CurrencyCannotBeNullDueToNonNullMoneyFields", "0x80048cfb" },
    Entry { "CurrencyNotEqual", "0x80048cea" },
    Entry { "CurrencyRequiredForDiscountTypeAmount", "0x80048cf7" },
    Entry { "CustomerIsInactive", "0x80040517" },
    Entry { "DecimalValueOutOfRange", "0x80044330" },
    Entry { "DiscountAmountAndPercent", "0x80043b1f" },
    Entry { "DiscountRangeOverlap", "0x80043b02" },
    Entry { "DiscountTypeAndPriceLevelCurrencyNotEqual", "0x80048cf8" },
    Entry { "DraftBundleToProduct", "0x8004f994" },
    Entry { "DuplicateOrderBy", "0x80048d16" },
    Entry { "DuplicateRecord", "0x80040237" },
    Entry { "DuplicateRecordEntityKey", "0x80060892" },
    Entry { "DuplicateRecordsFound", "0x80040333" },
    Entry { "EmailRecipientNotSpecified", "0x80040b04" },
    Entry { "EntityKeyNotDefined", "0x80060890" },
    Entry { "InconsistentProductRelationshipState", "0x8004f996" },
    Entry { "IntegerValueOutOfRange", "0x8004432f" },
    Entry { "InvalidAccessModeTransition", "0x80041d66" },
    Entry { "InvalidAccessRights", "0x8004020d" },
    Entry { "InvalidActivityPartyAddress", "0x80043518" },
    Entry { "InvalidArgument", "0x80040203" },
    Entry { "InvalidAssigneeId", "0x80040210" },
    Entry { "InvalidAttribute", "0x8005e009" },
    Entry { "InvalidCaller", "0x80040257" },
    Entry { "InvalidCharactersInField", "0x80040278" },
    Entry { "InvalidCurrency", "0x80048cfc" },
    Entry { "InvalidCustomer", "0x8004022d" },
    Entry { "InvalidDateTime", "0x80040239" },
    Entry { "InvalidEmail", "0x8004b016" },
    Entry { "InvalidImpersonation", "0x80048d1a" },
    Entry { "InvalidIsoCurrencyCode", "0x80048cf2" },
    Entry { "InvalidKit", "0x80043afd" },
    Entry { "InvalidKitProduct", "0x80043afe" },
    Entry { "InvalidOperation", "0x8004023b" },
    Entry { "InvalidOperationWhenPartyIsNotActive", "0x8004033b" },
    Entry { "InvalidOwnerID", "0x80040229" },
    Entry { "InvalidParent", "0x80040205" },
    Entry { "InvalidPriceLevelCurrencyForPricingMethod", "0x80048cf9" },
    Entry { "InvalidPricePerUnit", "0x80043b10" },
    Entry { "InvalidProduct", "0x80060623" },
    Entry { "InvalidQueryOption", "0x80060888" },
    Entry { "InvalidStage", "0x80060452" },
    Entry { "InvalidStageTransition", "0x80092003" },
    Entry { "InvalidStageTransitionOnInactiveInstance", "0x80060377" },
    Entry { "InvalidState", "0x80040233" },
    Entry { "InvalidStateCodeStatusCode", "0x80048408" },
    Entry { "InvalidStateTransition", "0x8004f00e" },
    Entry { "InvalidSubstituteProduct", "0x80043aff" },
    Entry { "InvalidTotalDiscount", "0x800404f4" },
    Entry { "InvalidValueForCurrency", "0x8004b023" },
    Entry { "LeadAlreadyInClosedState", "0x80040519" },
    Entry { "LeadAlreadyInOpenState", "0x80040518" },
    Entry { "LivePlatformEmailInvalidTo", "0x8004b521" },
    Entry { "MaxProductsAllowed", "0x80071020" },
    Entry { "MergeActiveQuoteError", "0x80045302" },
    Entry { "MissingBusinessId", "0x8004021a" },
    Entry { "MissingHierarchicalRelationshipForOperator", "0x80047020" },
    Entry { "MissingOpportunityId", "0x80043b15" },
    Entry { "MissingOwner", "0x80040215" },
    Entry { "MissingPriceLevelId", "0x80043b12" },
    Entry { "MissingProductId", "0x80043b11" },
    Entry { "MissingTeamName", "0x80041d0b" },
    Entry { "MissingUomId", "0x80043b0d" },
    Entry { "MissingUomScheduleId", "0x80043b0a" },
    Entry { "MissingUserId", "0x8004021b" },
    Entry { "NonDraftBundleUpdate", "0x80061039" },
    Entry { "NotImplemented", "0x80040219" },
    Entry { "NotSupported", "0x80040315" },
    Entry { "ODataClientPayloadError", "0x80048d19" },
    Entry { "ObjectDoesNotExist", "0x80040217" },
    Entry { "OnlyOwnerCanRevoke", "0x80040223" },
    Entry { "OpportunityAlreadyInOpenState", "0x8004051a" },
    Entry { "OpportunityCannotBeClosed", "0x80040516" },
    Entry { "OpportunityCurrencyComparisonNotPossible", "0x80100004" },
    Entry { "OpportunityIsAlreadyClosed", "0x80040515" },
    Entry { "OpportunityNotFound", "0x80100006" },
    Entry { "OptimisticConcurrencyNotEnabled", "0x8006088d" },
    Entry { "OverRetrievalUpperLimitWithoutPagingCookie", "0x8004430a" },
    Entry { "OwnerMappingExistsWithSourceSystemUserName", "0x80040343" },
    Entry { "OwnerValueNotMapped", "0x80040361" },
    Entry { "PercentageDiscountCannotHaveCurrency", "0x80048cf1" },
    Entry { "PicklistValueOutOfRange", "0x8004431a" },
    Entry { "PresentParentAccountAndParentContact", "0x80040508" },
    Entry { "PriceLevelNameExists", "0x80043b0f" },
    Entry { "PriceLevelNoName", "0x80043b0e" },
    Entry { "PrincipalPrivilegeDenied", "0x80040231" },
    Entry { "PrivilegeDenied", "0x80040220" },
    Entry { "ProcessStageIdIsEmpty", "0x80060461" },
    Entry { "ProductCanOnlyBeUpdatedInDraft", "0x8004f995" },
    Entry { "ProductCloneFailed", "0x80061006" },
    Entry { "ProductDoesNotExist", "0x80043b24" },
    Entry { "ProductFamilyRootParentisLocked", "0x8008101f" },
    Entry { "ProductFromActiveToActiveState", "0x8004f982" },
    Entry { "ProductFromActiveToDraftState", "0x8004f912" },
    Entry { "ProductFromDraftToDraftState", "0x8004f981" },
    Entry { "ProductFromDraftToRetiredState", "0x8004f978" },
    Entry { "ProductFromDraftToRevisedState", "0x8004f913" },
    Entry { "ProductFromRetiredToActiveState", "0x8004f977" },
    Entry { "ProductFromRetiredToDraftState", "0x8004f979" },
    Entry { "ProductFromRetiredToRetiredState", "0x8004f980" },
    Entry { "ProductHasUnretiredChild", "0x8004f910" },
    Entry { "ProductInvalidQuantityDecimal", "0x80043b07" },
    Entry { "ProductInvalidUnit", "0x80043b14" },
    Entry { "ProductKitLoopBeingCreated", "0x80043b23" },
    Entry { "ProductKitLoopExists", "0x80043b22" },
    Entry { "ProductMaxPropertyLimitExceeded", "0x8008100d" },
    Entry { "ProductMissingUomSheduleId", "0x80043b13" },
    Entry { "ProductNoProductNumber", "0x80043b05" },
    Entry { "ProductNoSubstitutedProductNumber", "0x8004f990" },
    Entry { "ProductOrBundleCannotBeAsParent", "0x8004f973" },
    Entry { "ProductProductNumberExists", "0x80043b06" },
    Entry { "QueryBuilderBad_Condition", "0x80041106" },
    Entry { "QueryBuilderDeserializeInvalidLinkType", "0x80041117" },
    Entry { "QueryBuilderDeserializeInvalidNode", "0x8004111c" },
    Entry { "QueryBuilderInvalidConditionOperator", "0x80041120" },
    Entry { "QueryBuilderInvalidFilterType", "0x80041122" },
    Entry { "QueryBuilderInvalidPagingCookie", "0x8004112a" },
    Entry { "QueryBuilderInvalid_Value", "0x80041108" },
    Entry { "QueryBuilderNoAttribute", "0x80041103" },
    Entry { "QueryBuilderNoAttrsDistinctConflict", "0x8004112c" },
    Entry { "QueryBuilderNoEntity", "0x80041102" },
    Entry { "QueryBuilderPagingOrderBy", "0x80041129" },
    Entry { "QueryBuilderValue_GreaterThanZero", "0x8004110c" },
    Entry { "QueryContainedSecuredAttributeWithoutAccess", "0x8004f506" },
    Entry { "QuoteAndSalesOrderCurrencyNotEqual", "0x80048cee" },
    Entry { "QuoteReviseExistingActiveQuote", "0x80048d00" },
    Entry { "ReadOnlyUserNotSupported", "0x80041d40" },
    Entry { "RecordAndOpportunityCurrencyNotEqual", "0x80048cef" },
    Entry { "RecordAndPricelistCurrencyNotEqual", "0x80048cf6" },
    Entry { "RecordNotFoundByEntityKey", "0x80060891" },
    Entry { "RequiredBundleItemCannotBeUpdated", "0x80081009" },
    Entry { "RequiredFieldMissing", "0x80040200" },
    Entry { "ResourceNotFound", "0x8006088a" },
    Entry { "RetiredProductToBundle", "0x8004f993" },
    Entry { "SalesOrderAndInvoiceCurrencyNotEqual", "0x80048ced" },
    Entry { "SaveRecordBeforeAddingBundle", "0x8004f983" },
    Entry { "StageIdIsEmpty", "0x80060454" },
    Entry { "StageIdIsNotValid", "0x80060458" },
    Entry { "StateTransitionActivateNewStatus", "0x8004f857" },
    Entry { "StateTransitionActiveToCanceled", "0x8004f855" },
    Entry { "StateTransitionActiveToResolve", "0x8004f854" },
    Entry { "StateTransitionDeactivateNewStatus", "0x8004f858" },
    Entry { "StateTransitionResolvedOrCanceledToActive", "0x8004f856" },
    Entry { "StringLengthTooLong", "0x80044331" },
    Entry { "SubjectLoopBeingCreated", "0x80043e01" },
    Entry { "SubjectLoopExists", "0x80043e00" },
    Entry { "TeamAdministratorMissedPrivilege", "0x80041d0a" },
    Entry { "TeamInWrongBusiness", "0x8004140d" },
    Entry { "TeamNameTooLong", "0x80048305" },
    Entry { "TooManyConditionsInQuery", "0x8004430c" },
    Entry { "TooManyLinkEntitiesInQuery", "0x8004430d" },
    Entry { "UnExpected", "0x80040216" },
    Entry { "UnableToActivateQuoteNotInDraft", "0x80100003" },
    Entry { "UnableToSendEmail", "0x8004b015" },
    Entry { "UnitDoesNotExist", "0x80043b1b" },
    Entry { "UnitLoopBeingCreated", "0x80043b1a" },
    Entry { "UnitLoopExists", "0x80043b19" },
    Entry { "UnitNotInSchedule", "0x80043b16" },
    Entry { "UnknownProperty", "0x0" },
    Entry { "UserLoopBeingCreated", "0x80041d25" },
    Entry { "UserLoopExists", "0x80041d24" },
    Entry { "UserNotAssignedRoles", "0x80042f09" },
    Entry { "UserNotInParentHierarchy", "0x80041d07" },
    Entry { "unManagedidsownernotenabled", "0x8004022b" },
    Entry { "unManagedidsusernotenabled", "0x80040225" },
};

static_assert(std::ranges::is_sorted(entries, {}, &Entry::name));

struct Special {
    std::string_view name;
    int status;
};

// Where the code alone decides, whatever fault it was refused with.
constexpr std::array special_statuses {
    Special { "CannotDeleteDueToAssociation", 405 },
    Special { "ConcurrencyVersionMismatch", 412 },
    Special { "DuplicateRecord", 412 },
    Special { "DuplicateRecordEntityKey", 412 },
    Special { "DuplicateRecordsFound", 412 },
    Special { "ObjectDoesNotExist", 404 },
    Special { "RecordNotFoundByEntityKey", 404 },
    Special { "ResourceNotFound", 404 },
};

int status_of(Fault fault)
{
    switch (fault) {
    case Fault::invalid:
    case Fault::conflict:
        return 400;
    case Fault::unauthenticated:
        return 401;
    case Fault::denied:
        return 403;
    case Fault::missing:
        return 404;
    case Fault::not_allowed:
        return 405;
    case Fault::precondition:
        return 412;
    case Fault::too_large:
        return 413;
    case Fault::too_many:
        return 429;
    case Fault::unavailable:
        return 503;
    case Fault::internal:
        return 500;
    case Fault::not_supported:
        return 501;
    }
    return 500;
}

}

std::string_view wire_code(std::string_view name)
{
    auto const found = std::ranges::lower_bound(entries, name, {}, &Entry::name);
    return found != entries.end() && found->name == name ? found->number : name;
}

int wire_status(Error const& error)
{
    auto const special = std::ranges::find(special_statuses, error.code, &Special::name);
    return special == special_statuses.end() ? status_of(error.fault) : special->status;
}

}
