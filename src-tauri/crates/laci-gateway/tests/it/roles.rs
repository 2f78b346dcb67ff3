//! Who has the value of each field, as data: no other crate knows a provider's words.

use laci_gateway::provider::{Kind, kind, kinds};
use laci_gateway::{Effect, Field, FieldForm, FieldRole, Orders};

/// The operation's fields that have `role`, and what each is picked from.
fn of(kind: &Kind, operation: &str, fits: impl Fn(FieldRole) -> bool) -> Vec<&'static str> {
    let operation = kind.operation(operation).expect("it is in the table");
    operation.fields.iter().filter(|field| fits(field.role)).map(|field| field.name).collect()
}

#[test]
fn what_the_sale_has_nobody_is_asked_for() {
    for (code, fields) in [
        ("paydigital", vec!["amount", "description", "customer_name"]),
        ("bayargg", vec!["amount", "description", "customer_name", "payment_method"]),
        ("kropay", vec!["amount", "customer_name"]),
        ("midtrans", vec!["amount", "item_details"]),
    ] {
        let sale = of(kind(code).unwrap(), "create", |role| role == FieldRole::Sale);
        assert_eq!(sale, fields, "{code}");
    }
    for kind in kinds() {
        for operation in kind.operations.iter().filter(|one| one.effect != Effect::Collect) {
            let sale = of(kind, operation.name, |role| role == FieldRole::Sale);
            assert!(sale.is_empty(), "{} {}: no sale behind it", kind.code, operation.name);
        }
        assert!(kind.all_options().all(|field| field.role == FieldRole::Own), "{}", kind.code);
    }
}

#[test]
fn references_and_picks_lead_to_what_is_there() {
    let reference = |code, operation| kind(code).unwrap().operation(operation).unwrap().reference();
    for operation in ["inquiry", "pay", "status", "topup"] {
        assert_eq!(reference("digiswitch", operation), Some("ref_id"), "{operation}");
    }
    assert_eq!(reference("digiswitch", "deposit"), None);
    for operation in ["wa_orders", "wa_complete"] {
        assert_eq!(reference("bayargg", operation), Some("order_number"), "{operation}");
    }
    assert_eq!(reference("kropay", "status"), None);
    let create = kind("bayargg").unwrap().operation("create").unwrap();
    for (field, list) in [
        ("file_id", "list_files"),
        ("content_id", "list_contents"),
        ("product_image_id", "list_images"),
    ] {
        assert_eq!(create.field(field).unwrap().role, FieldRole::Pick(list));
    }
    for kind in kinds() {
        for operation in kind.operations {
            let references = of(kind, operation.name, |role| role == FieldRole::Reference);
            assert!(references.len() <= 1, "{} {}: {references:?}", kind.code, operation.name);
            for field in operation.fields {
                let FieldRole::Pick(list) = field.role else { continue };
                let list = kind.operation(list).expect("it is in the table");
                assert_eq!(list.effect, Effect::Look, "{} {}", kind.code, field.name);
            }
        }
    }
}

#[test]
fn a_store_is_a_list_and_an_end() {
    for kind in kinds() {
        let expected =
            (kind.code == "bayargg").then_some(Orders { list: "wa_orders", end: "wa_complete" });
        assert_eq!(kind.orders, expected, "{}", kind.code);
        let Some(Orders { list, end }) = kind.orders else { continue };
        let (list, end) = (kind.operation(list).unwrap(), kind.operation(end).unwrap());
        assert_eq!((list.effect, end.effect), (Effect::Look, Effect::Change));
        assert_eq!((list.reference(), end.reference()), (end.reference(), list.reference()));
        assert!(end.reference().is_some());
    }
}

#[test]
fn a_field_is_peoples_own_unless_it_says_otherwise() {
    let field = Field::new("a", FieldForm::Flag);
    assert_eq!(field.role, FieldRole::default());
    assert_eq!(field.of_the_sale().role, FieldRole::Sale);
    assert_eq!(field.reference().required().role, FieldRole::Reference);
    assert_eq!(field.picked_from("list").or("true").role, FieldRole::Pick("list"));
}
