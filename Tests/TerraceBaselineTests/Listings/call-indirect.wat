;; call_indirect: bounds, then the callee's type, then as through any function reference. A null element faults at its type.
(module
  (type $t (func (param i32) (result i32)))
  (table 4 funcref)
  (func (param i32 i32) (result i32)
    local.get 1
    local.get 0
    call_indirect (type $t)))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 d8 ff ff ff         lea r11, [rsp - 40]
;;     | 000e  4d 3b 1e                        cmp r11, qword ptr [r14]
;;     | 0011  0f 82 4c 00 00 00               jb 0x63
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  48 89 fb                        mov rbx, rdi
;;     | 001d  49 89 f4                        mov r12, rsi
;;   local.get 1
;;   local.get 0
;;   call_indirect 0 0
;;     | 0020  89 d8                           mov eax, ebx
;;     | 0022  44 89 65 e8                     mov dword ptr [rbp - 24], r12d
;;     | 0026  4d 8b 5e 40                     mov r11, qword ptr [r14 + 64]
;;     | 002a  49 3b 43 08                     cmp rax, qword ptr [r11 + 8]
;;     | 002e  0f 83 31 00 00 00               jae 0x65
;;     | 0034  4d 8b 1b                        mov r11, qword ptr [r11]
;;     | 0037  49 8b 04 c3                     mov rax, qword ptr [r11 + 8*rax]
;;     | 003b  81 78 10 00 00 00 00            cmp dword ptr [rax + 16], 0
;;     | 0042  0f 85 1f 00 00 00               jne 0x67
;;     | 0048  4c 89 e7                        mov rdi, r12
;;     | 004b  4c 8b 70 08                     mov r14, qword ptr [rax + 8]
;;     | 004f  4c 8b 18                        mov r11, qword ptr [rax]
;;     | 0052  4d 8b 7e 10                     mov r15, qword ptr [r14 + 16]
;;     | 0056  41 ff 13                        call qword ptr [r11]
;;     | 0059  4c 8b 75 f8                     mov r14, qword ptr [rbp - 8]
;;     | 005d  4d 8b 7e 10                     mov r15, qword ptr [r14 + 16]
;;   end
;;     | 0061  c9                              leave
;;     | 0062  c3                              ret
;;   behind the function
;;     | 0063  0f 0b                           ud2
;;     | 0065  0f 0b                           ud2
;;     | 0067  0f 0b                           ud2
